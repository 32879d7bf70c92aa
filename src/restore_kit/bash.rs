//! The commands in bash. They run in bash 3.2 too, which macOS has, and use only what POSIX tools and curl do.

use super::{RestoreKit, TargetServer, roles};
use crate::code::quote;

pub(super) const HEAD: &str = "#!/usr/bin/env bash\nset -uo pipefail\n";
pub(super) const TAIL: &str = "\nexit \"$FAILED\"\n";

/// The code of each step.
pub(super) fn codes(kit: &RestoreKit) -> [String; 4] {
    [
        prepare(kit),
        DOWNLOAD.to_owned(),
        create_roles(kit),
        databases(kit),
    ]
}

fn prepare(kit: &RestoreKit) -> String {
    let target = &kit.target;
    let variables = [
        ("CONTAINER", kit.container.trim_end_matches('/').to_owned()),
        ("PREFIX", kit.prefix.clone()),
        ("FOLDER", kit.folder()),
        ("export PGHOST", target.host.clone()),
        ("export PGPORT", target.port.to_string()),
        ("export PGUSER", target.user.clone()),
    ];
    let variables = variables.map(|(name, value)| format!("{name}={}\n", quote(&value)));
    format!("{}{ASK}", variables.concat())
}

const ASK: &str = r#"export PGSSLMODE="${PGSSLMODE:-require}"
if [ -z "${SAS:-}" ]; then printf 'SAS of the container: ' >&2; IFS= read -rs SAS; echo >&2; fi
SAS="${SAS##*\?}"
if [ -z "${PGPASSWORD:-}" ]; then printf 'Password of %s: ' "$PGUSER" >&2; IFS= read -rs PGPASSWORD; echo >&2; fi
export PGPASSWORD
FAILED=0
"#;

/// The SAS reaches curl by its standard input: arguments can be seen by everybody on the machine.
const DOWNLOAD: &str = r#"encode() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n' | sed -e 's/../%&/g' -e 's,%2[fF],/,g'; }
fetch() { printf 'url = "%s%s"\n' "$1" "$SAS" | curl --config - --globoff --fail --silent --show-error --retry 3 --output "$2"; }
list() {
  local page marker=''
  page=$(mktemp) || return 1
  while fetch "$CONTAINER?restype=container&comp=list&prefix=$(encode "$PREFIX")${marker:+&marker=$(encode "$marker")}&" "$page"; do
    grep -o '<Name>[^<]*</Name>' "$page" | sed -e 's,^<Name>,,' -e 's,</Name>$,,' \
      -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e "s/&#39;/'/g" -e 's/&amp;/\&/g'
    marker=$(sed -n 's,.*<NextMarker>\([^<]*\)</NextMarker>.*,\1,p' "$page")
    [ -n "$marker" ] || { rm -f "$page"; return 0; }
  done
  rm -f "$page"
  return 1
}
NAMES=() FILES=()
if mkdir -p -m 700 "$FOLDER" && list > "$FOLDER/names.txt"; then
  while IFS= read -r name; do
    file="$FOLDER/${#NAMES[@]}-$(printf '%s' "${name#"$PREFIX"}" | LC_ALL=C tr -c 'A-Za-z0-9._-' '_')"
    if fetch "$CONTAINER/$(encode "$name")?" "$file"; then
      NAMES+=("$name") FILES+=("$file")
      echo "$name is in $file"
    else
      echo "$name could not be downloaded" >&2; FAILED=1
    fi
  done < "$FOLDER/names.txt"
fi
[ "${#NAMES[@]}" -gt 0 ] || { echo "No file beginning with $PREFIX was downloaded" >&2; FAILED=1; }
"#;

/// The command that cleans a file of roles.
pub(super) fn clean(target: &TargetServer, file: &str) -> String {
    let left_out = roles::left_out(target);
    let expressions = left_out.iter().map(|pattern| format!("/{pattern}/d"));
    let rewritten = roles::REWRITTEN
        .iter()
        .map(|(from, to)| format!("/^(ALTER ROLE|GRANT) /s/{from}/{to}/"));
    let options = expressions
        .chain(rewritten)
        .map(|script| format!(" \\\n    -e {}", quote(&script)));
    format!("sed -E{} -- {file}", options.collect::<String>())
}

fn create_roles(kit: &RestoreKit) -> String {
    format!(
        "clean_roles() {{\n  {}\n}}\n{RUN_ROLES}",
        clean(&kit.target, "\"$1\"")
    )
}

const RUN_ROLES: &str = r#"for index in ${NAMES[@]+"${!NAMES[@]}"}; do
  case "${NAMES[$index]#"$PREFIX"}" in *_database_*) continue ;; *_roles.sql) ;; *) continue ;; esac
  clean_roles "${FILES[$index]}" > "$FOLDER/roles-to-run.sql"
  # A role that is there already is told as an error and stays as it is.
  psql --no-psqlrc --quiet --dbname postgres --file "$FOLDER/roles-to-run.sql" || FAILED=1
done
"#;

fn databases(kit: &RestoreKit) -> String {
    let each = match &kit.databases {
        Some(names) => names
            .iter()
            .map(|name| format!("restore {}\n", quote(name)))
            .collect(),
        None => EACH.to_owned(),
    };
    format!("{RESTORE}{each}{NOT_RUN}")
}

/// A database is named to `--dbname` as a connection string: a bare name with `=` in it would be read as one.
const RESTORE: &str = r#"database_of() { local rest="${1#"$PREFIX"}"; rest="${rest#*_database_}"; printf '%s' "${rest%.sql}"; }
restore_file() {
  local target
  target="dbname='$(printf '%s' "$1" | sed -e "s/[\\\\']/\\\\&/g")'"
  createdb --template template0 -- "$1" || { echo "$1 was not restored" >&2; FAILED=1; return 1; }
  if [ "$(head -c 5 -- "$2" | tr -d '\0')" = PGDMP ]; then
    pg_restore --no-owner --dbname "$target" -- "$2"
  else
    # That somebody else owned something cannot be said here, and is no loss: whoever restores owns it.
    psql --no-psqlrc --quiet --dbname "$target" --file "$2" > /dev/null 2> "$FOLDER/errors.txt" &&
      ! grep -v -e 'must be member of role' -e 'must be able to SET ROLE' "$FOLDER/errors.txt" | grep -F 'ERROR:' >&2
  fi || { echo "$1 was not restored whole: see the errors above" >&2; FAILED=1; return 1; }
  echo "$1 is restored"
}
restore() {
  local index
  for index in ${NAMES[@]+"${!NAMES[@]}"}; do
    case "${NAMES[$index]#"$PREFIX"}" in *_database_*.sql) ;; *) continue ;; esac
    [ "$(database_of "${NAMES[$index]}")" = "$1" ] || continue
    restore_file "$1" "${FILES[$index]}"
    return
  done
  echo "There is no file of the database $1" >&2; FAILED=1
}
"#;

const EACH: &str = r#"for index in ${NAMES[@]+"${!NAMES[@]}"}; do
  case "${NAMES[$index]#"$PREFIX"}" in
    *_database_*.sql) restore_file "$(database_of "${NAMES[$index]}")" "${FILES[$index]}" ;;
  esac
done
"#;

const NOT_RUN: &str = "# Not run: …_schema.sql repeats what is in the files of the databases, …_tablespace.sql is of no use here.\n\
# Not in the backup: postgres, azure_maintenance, azure_sys and whatever azuresu or azure_pg_admin own.\n";
