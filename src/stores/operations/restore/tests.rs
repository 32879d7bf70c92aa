//! What of a restore is written down, and how its job is told from others.

use super::*;

fn to(url: &str, prefix: &str) -> RestoreTarget {
    RestoreTarget::Files {
        url: url.to_owned(),
        prefix: prefix.to_owned(),
        container: None,
    }
}

#[test]
fn where_it_goes_is_written_down_in_names_and_lets_nobody_in() {
    for (target, expected) in [
        (
            to("https://sta.blob.core.windows.net/restored", "p"),
            r#"["files","sta","restored","p"]"#,
        ),
        (
            to("https://STA.blob.core.windows.net/restored/?sv=1&sig=secret", "p"),
            r#"["files","sta","restored","p"]"#,
        ),
        (to("no address", "p"), r#"["files","","","p"]"#),
    ] {
        let place = RestoredTo::of(&target);
        let written = serde_json::to_string(&place).expect("JSON");
        assert_eq!(written, expected);
        assert_eq!(
            serde_json::from_str::<RestoredTo>(&written).expect(&written),
            place
        );
    }
    for broken in [
        r#"[]"#,
        r#"["files","a"]"#,
        r#"["database","s","d","x"]"#,
        r#"["else","a","b"]"#,
    ] {
        assert!(serde_json::from_str::<RestoredTo>(broken).is_err(), "{broken}");
    }
}

#[test]
fn a_job_names_the_place_only_with_all_of_it() {
    let files = RestoredTo::of(&to("https://sta.blob.core.windows.net/restored", "p"));
    let database = RestoredTo::Database {
        server: "pgs".to_owned(),
        database: "crm_restored".to_owned(),
    };
    let job = |destination: &str, prefix: &str| -> BackupJob {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupJobs/j";
        let json = format!(
            r#"{{"id":"{id}","properties":{{"extendedInfo":{{"recoveryDestination":{destination},
            "additionalDetails":{{"Restore File Prefix":{prefix}}}}}}}}}"#
        );
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    };
    let servers = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers";
    let (here, elsewhere) = (
        r#""https://sta.blob.core.windows.net/restored""#,
        r#""https://sta.blob.core.windows.net/other""#,
    );
    for (place, destination, prefix, expected) in [
        (&files, here, r#""p""#, Some(true)),
        (&files, here, r#""q""#, Some(false)),
        (&files, elsewhere, r#""p""#, Some(false)),
        (&files, here, "null", None),
        (&files, "null", r#""p""#, None),
        (&files, "null", r#""q""#, Some(false)),
        (&database, "null", "null", None),
        (
            &database,
            &format!(r#""{servers}/PGS/databases/crm_restored""#),
            "null",
            Some(true),
        ),
        (
            &database,
            &format!(r#""{servers}/pgs/databases/crm""#),
            "null",
            Some(false),
        ),
        (
            &database,
            &format!(r#""{servers}/other/databases/crm_restored""#),
            "null",
            Some(false),
        ),
    ] {
        let told = place.is_named_by(&job(destination, prefix));
        assert_eq!(told, expected, "{place:?}: {destination} {prefix}");
    }
}
