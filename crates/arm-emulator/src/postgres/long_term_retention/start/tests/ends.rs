//! What a backup can come to.

use super::*;

/// A backup whose SAS is made so fails early with the words of the blob service.
#[test]
fn a_backup_that_cannot_write_fails_with_the_words_of_the_storage() {
    let expired = r#""signedPermission":"rwdl","signedExpiry":"2026-03-01T11:00:00Z""#;
    let reads = r#""signedPermission":"rl","signedExpiry":"2026-03-02T12:00:00Z""#;
    for (account, container, members, code) in [
        ("stcommercebackup", "ltr-orders", expired, "AuthenticationFailed"),
        (
            "stcommercebackup",
            "ltr-orders",
            reads,
            "AuthorizationPermissionMismatch",
        ),
        ("stcommercebackup", "gone", GOOD, "ContainerNotFound"),
        (
            "stbillingkeyless",
            "ltr-billing",
            GOOD,
            "KeyBasedAuthenticationNotPermitted",
        ),
        ("stinsightsarchive", "archive", GOOD, "AuthorizationFailure"),
    ] {
        let mut rig = Rig::new();
        let uri = service_sas(&mut rig, account, container, members);
        let begun = begin(&mut rig, &request("weekly-2026-03", &[&uri]));
        assert_eq!(begun.status, 202, "{code}: {}", begun.body);
        rig.wait(29);
        assert_eq!(read(&mut rig, "weekly-2026-03")["status"], "Running", "{code}");
        rig.wait(1);
        let told = read(&mut rig, "weekly-2026-03");
        assert_eq!(
            (&told["status"], &told["errorCode"]),
            (&"Failed".into(), &code.into()),
            "{told}"
        );
        assert_eq!(told["dataTransferredInBytes"], 0, "{told}");
        let status = body(&rig.follow(url(&begun, "Azure-AsyncOperation")));
        assert_eq!(status["error"]["code"], code, "{status}");
        let world = serde_json::to_string(&rig.world).unwrap_or_default();
        assert!(!world.contains("sig="), "no signature is kept");
    }
}

#[test]
fn a_sas_that_expires_on_the_way_ends_the_backup() {
    let mut rig = Rig::new();
    let uri = sas(
        &mut rig,
        r#""signedPermission":"rwdl","signedExpiry":"2026-03-01T12:10:00Z""#,
    );
    begin(&mut rig, &request("weekly-2026-03", &[&uri]));
    rig.wait(599);
    assert_eq!(read(&mut rig, "weekly-2026-03")["status"], "Running");
    rig.wait(1);
    assert_snapshot!(format!("{:#}", read(&mut rig, "weekly-2026-03")), @r#"
    {
      "backupName": "weekly-2026-03",
      "datasourceSizeInBytes": 238594022842,
      "dataTransferredInBytes": 13835498598,
      "backupMetadata": "",
      "startTime": "2026-03-01T12:00:00Z",
      "endTime": "2026-03-01T12:10:00Z",
      "percentComplete": 22.7,
      "status": "Failed",
      "errorCode": "AuthenticationFailed",
      "errorMessage": "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature. Signature not valid in the specified time frame: Start [] - Expiry [2026-03-01T12:10:00Z] - Current [2026-03-01T12:10:00Z]"
    }
    "#);
}

#[test]
fn a_backup_fails_and_is_cancelled_by_fault() {
    let failing = FaultKind::FailOperation {
        code: "DumpFailed".to_owned(),
        message: "A row holds more than 500 MB.".to_owned(),
    };
    for (kind, status, code, polled) in [
        (failing, "Failed", Value::from("DumpFailed"), "Failed"),
        (FaultKind::CancelOperation, "Cancelled", Value::Null, "Canceled"),
    ] {
        let mut rig = Rig::new();
        inject(&mut rig, kind);
        let uri = sas(&mut rig, GOOD);
        let begun = begin(&mut rig, &request("weekly-2026-03", &[&uri]));
        rig.wait(LONG);
        let told = read(&mut rig, "weekly-2026-03");
        assert_eq!(
            (&told["status"], &told["errorCode"]),
            (&status.into(), &code),
            "{told}"
        );
        assert!(told["percentComplete"].as_f64() < Some(100.0), "{told}");
        let answer = body(&rig.follow(url(&begun, "Azure-AsyncOperation")));
        assert_eq!(answer["status"], polled, "{answer}");
    }
}

#[test]
fn a_backup_stands_still_by_fault() {
    let mut rig = Rig::new();
    inject(
        &mut rig,
        FaultKind::StallOperation {
            percent: 50,
            seconds: 1800,
        },
    );
    begin_well(&mut rig);
    let percent = |rig: &mut Rig| {
        read(rig, "weekly-2026-03")["percentComplete"]
            .as_f64()
            .unwrap_or(0.0)
    };
    let mut seen: Vec<f64> = Vec::new();
    while seen.last() != Some(&100.0) {
        rig.wait(300);
        seen.push(percent(&mut rig));
        assert!(seen.len() < 100, "{seen:?}");
    }
    let stood = seen.iter().filter(|percent| **percent == 50.0).count();
    assert_eq!(stood, 6, "{seen:?}");
}
