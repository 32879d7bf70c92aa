//! The commands in PowerShell 7.3, the first that gives programs their arguments as they are.

use super::{RestoreKit, TargetServer, roles};

pub(super) const HEAD: &str =
    "#Requires -Version 7.3\nSet-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n$Sas = ''\n";
pub(super) const TAIL: &str = "\nexit [int]$Failed\n";

/// The code of each step.
pub(super) fn codes(kit: &RestoreKit) -> [String; 4] {
    [
        prepare(kit),
        DOWNLOAD.to_owned(),
        create_roles(kit),
        databases(kit),
    ]
}

/// The text so that PowerShell takes it as it is; it takes typographic quotes for plain ones
/// (about_Quoting_Rules).
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in text.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            quoted.push(c);
        }
        quoted.push(c);
    }
    quoted + "'"
}

fn prepare(kit: &RestoreKit) -> String {
    let target = &kit.target;
    let variables = [
        ("$Container", kit.container.trim_end_matches('/').to_owned()),
        ("$Prefix", kit.prefix.clone()),
        ("$Folder", kit.folder()),
        ("$env:PGHOST", target.host.clone()),
        ("$env:PGPORT", target.port.to_string()),
        ("$env:PGUSER", target.user.clone()),
    ];
    let variables = variables.map(|(name, value)| format!("{name} = {}\n", quote(&value)));
    format!("{}{ASK}", variables.concat())
}

const ASK: &str = r#"if (-not $env:PGSSLMODE) { $env:PGSSLMODE = 'require' }
if (-not $Sas) { $Sas = if ($env:SAS) { $env:SAS } else { Read-Host 'SAS of the container' -MaskInput } }
$Sas = $Sas -replace '^.*\?', ''
if (-not $env:PGPASSWORD) { $env:PGPASSWORD = Read-Host "Password of $env:PGUSER" -MaskInput }
$Failed = $false
"#;

const DOWNLOAD: &str = r#"function Get-RestoredName {
  $marker = ''
  do {
    $query = "restype=container&comp=list&prefix=$([uri]::EscapeDataString($Prefix))"
    if ($marker) { $query += "&marker=$([uri]::EscapeDataString($marker))" }
    $answer = Invoke-WebRequest -Uri "${Container}?${query}&${Sas}"
    $text = [Text.Encoding]::UTF8.GetString($answer.RawContentStream.ToArray()).TrimStart([char]0xFEFF)
    $page = [xml]$text
    $page.SelectNodes('//Blob/Name') | ForEach-Object { $_.InnerText }
    $marker = $page.SelectSingleNode('//NextMarker')?.InnerText
  } while ($marker)
}
$null = New-Item -ItemType Directory -Force -Path $Folder
$Files = [Collections.Generic.Dictionary[string, string]]::new()
foreach ($name in Get-RestoredName) {
  $plain = $name.Substring($Prefix.Length) -replace '[^A-Za-z0-9._-]', '_'
  $file = Join-Path $Folder "$($Files.Count)-$plain"
  $path = [uri]::EscapeDataString($name) -replace '%2F', '/'
  Invoke-WebRequest -Uri "${Container}/${path}?${Sas}" -OutFile $file -MaximumRetryCount 3
  $Files.Add($name, $file)
  "$name is in $file"
}
if ($Files.Count -eq 0) { Write-Warning "No file beginning with $Prefix was downloaded"; $Failed = $true }
"#;

/// The function that cleans a file of roles.
pub(super) fn clean(target: &TargetServer) -> String {
    let left_out = roles::left_out(target);
    let left_out: Vec<_> = left_out
        .iter()
        .map(|pattern| format!("    {}", quote(pattern)))
        .collect();
    let rewritten = roles::REWRITTEN.iter().map(|(from, to)| {
        // .NET writes a group as `$1`.
        format!(
            "      $line = $line -creplace {}, {}\n",
            quote(from),
            quote(&to.replace('\\', "$"))
        )
    });
    format!(
        "function Get-CleanRole([string]$File) {{\n  $leftOut = @(\n{}\n  )\n  foreach ($line in Get-Content -LiteralPath $File) {{\n    if ($leftOut.Where({{ $line -cmatch $_ }})) {{ continue }}\n    if ($line -cmatch '^(ALTER ROLE|GRANT) ') {{\n{}    }}\n    $line\n  }}\n}}\n",
        left_out.join("\n"),
        rewritten.collect::<String>()
    )
}

fn create_roles(kit: &RestoreKit) -> String {
    clean(&kit.target) + RUN_ROLES
}

const RUN_ROLES: &str = r#"foreach ($name in $Files.Keys) {
  $rest = $name.Substring($Prefix.Length)
  if ($rest.Contains('_database_') -or -not $rest.EndsWith('_roles.sql')) { continue }
  $toRun = Join-Path $Folder 'roles-to-run.sql'
  Get-CleanRole $Files[$name] | Set-Content -LiteralPath $toRun -Encoding utf8NoBOM
  # A role that is there already is told as an error and stays as it is.
  psql --no-psqlrc --quiet --dbname postgres --file $toRun
  if ($LASTEXITCODE) { $Failed = $true }
}
"#;

fn databases(kit: &RestoreKit) -> String {
    let each = match &kit.databases {
        Some(names) => names
            .iter()
            .map(|name| format!("Restore-Database {}\n", quote(name)))
            .collect(),
        None => EACH.to_owned(),
    };
    format!("{RESTORE}{each}{NOT_RUN}")
}

/// A database is named to `--dbname` as a connection string: a bare name with `=` in it would be read as one.
const RESTORE: &str = r#"function Get-DatabaseName([string]$Name) {
  $rest = $Name.Substring($Prefix.Length)
  $at = $rest.IndexOf('_database_', [StringComparison]::Ordinal)
  if ($at -ge 0 -and $rest.EndsWith('.sql')) { $rest.Substring($at + 10, $rest.Length - $at - 14) }
}
function Restore-File([string]$Database, [string]$File) {
  $target = "dbname='" + ($Database -replace '[\\'']', '\$0') + "'"
  createdb --template template0 '--' $Database
  if ($LASTEXITCODE) { Write-Warning "$Database was not restored"; $script:Failed = $true; return }
  $stream = [IO.File]::OpenRead((Resolve-Path -LiteralPath $File))
  $start = [byte[]]::new(5)
  $null = $stream.Read($start, 0, 5)
  $stream.Dispose()
  if ([Text.Encoding]::ASCII.GetString($start) -ceq 'PGDMP') {
    pg_restore --no-owner --dbname $target '--' $File
    $isWhole = $LASTEXITCODE -eq 0
  } else {
    # That somebody else owned something cannot be said here, and is no loss: whoever restores owns it.
    $errors = Join-Path $Folder 'errors.txt'
    psql --no-psqlrc --quiet --dbname $target --file $File 2> $errors | Out-Null
    $isWhole = $LASTEXITCODE -eq 0
    Get-Content -LiteralPath $errors |
      Where-Object { $_ -cmatch 'ERROR:' -and $_ -cnotmatch 'must be member of role|must be able to SET ROLE' } |
      ForEach-Object { Write-Warning $_; $isWhole = $false }
  }
  if (-not $isWhole) { Write-Warning "$Database was not restored whole: see the errors above"; $script:Failed = $true; return }
  "$Database is restored"
}
function Restore-Database([string]$Database) {
  foreach ($name in $Files.Keys) {
    if ((Get-DatabaseName $name) -ceq $Database) { Restore-File $Database $Files[$name]; return }
  }
  Write-Warning "There is no file of the database $Database"; $script:Failed = $true
}
"#;

const EACH: &str = r#"foreach ($name in $Files.Keys) {
  $database = Get-DatabaseName $name
  if ($database) { Restore-File $database $Files[$name] }
}
"#;

const NOT_RUN: &str = "# Not run: …_schema.sql repeats what is in the files of the databases, …_tablespace.sql is of no use here.\n\
# Not in the backup: postgres, azure_maintenance, azure_sys and whatever azuresu or azure_pg_admin own.\n";
