//! What is refused before anything begins: what the document requires and limits.

use super::*;

#[test]
fn a_request_without_what_is_required_is_refused_whole() {
    let good = request("weekly-2026-03", &["https://a.blob.core.windows.net/c?sig=x"]);
    for (from, to, target) in [
        (good.as_str(), "", "backupSettings"),
        (good.as_str(), "{}", "backupSettings"),
        (r#""backupSettings""#, r#""settings""#, "backupSettings"),
        (r#"{"backupName":"weekly-2026-03"}"#, "null", "backupSettings"),
        (r#""backupName""#, r#""name""#, "backupSettings.backupName"),
        (r#""weekly-2026-03""#, "7", "backupSettings.backupName"),
        (r#""weekly-2026-03""#, r#""""#, "backupSettings.backupName"),
        (r#""targetDetails""#, r#""details""#, "targetDetails"),
        (r#""sasUriList""#, r#""uris""#, "targetDetails.sasUriList"),
        (
            r#"["https://a.blob.core.windows.net/c?sig=x"]"#,
            r#""sasuri""#,
            "targetDetails.sasUriList",
        ),
        (
            r#"["https://a.blob.core.windows.net/c?sig=x"]"#,
            "[]",
            "targetDetails.sasUriList",
        ),
        (
            r#"["#,
            r#"["https://a.blob.core.windows.net/c?sig=x","#,
            "targetDetails.sasUriList",
        ),
        (
            "https://a.blob.core.windows.net/c?sig=x",
            "sasuri",
            "targetDetails.sasUriList",
        ),
        ("https://a.blob", "http://a.blob", "targetDetails.sasUriList"),
        ("/c?", "/?", "targetDetails.sasUriList"),
    ] {
        assert!(good.contains(from), "{from}");
        let mut rig = Rig::new();
        let before = rig.contents();
        let response = begin(&mut rig, &good.replace(from, to));
        let error = body(&response)["error"].clone();
        assert_eq!(response.status, 400, "{from} to {to}: {}", response.body);
        assert_eq!(error["code"], "InvalidParameterValue", "{from} to {to}");
        assert_eq!(error["target"], target, "{from} to {to}");
        assert_eq!(error["details"][0]["target"], target, "{from} to {to}");
        assert_eq!(
            error["additionalInfo"][0]["type"], "ParameterLimits",
            "{from} to {to}"
        );
        assert_eq!(
            response.headers.get("x-ms-error-code"),
            Some("InvalidParameterValue")
        );
        assert!(response.headers.get("x-ms-request-id").is_some());
        assert_eq!(rig.contents(), before, "{from} to {to}");
    }
    let broken = begin(&mut Rig::new(), "{");
    assert_eq!(body(&broken)["error"]["code"], "InvalidRequestContent");
}

#[test]
fn names_and_ids_outside_the_limits_of_the_document_are_refused() {
    let text = request("weekly-2026-03", &["https://a.blob.core.windows.net/c?sig=x"]);
    let server = |name: &str| sibling(name);
    let group = |name: &str| ORDERS.replace("rg-commerce-prod", name);
    for (path, code) in [
        (server("pg"), "InvalidParameterValue"),
        (server(&"p".repeat(64)), "InvalidParameterValue"),
        (server("pg_orders"), "InvalidParameterValue"),
        (server("pg--orders"), "InvalidParameterValue"),
        (server("-pg"), "InvalidParameterValue"),
        (server("pg-"), "InvalidParameterValue"),
        (group(&"g".repeat(91)), "InvalidResourceGroupName"),
        (
            ORDERS.replace("11111111-1111-4111", "11111111-1111-411"),
            "InvalidSubscriptionId",
        ),
    ] {
        let response = Rig::new().post(&format!("{path}/startLtrBackup"), VERSION, &text);
        let answered = body(&response)["error"]["code"].clone();
        assert_eq!((response.status, answered), (400, code.into()), "{path}");
    }
    for (path, code) in [
        (server(&"p".repeat(63)), "ResourceNotFound"),
        (group(&"g".repeat(90)), "ResourceGroupNotFound"),
    ] {
        let response = Rig::new().post(&format!("{path}/startLtrBackup"), VERSION, &text);
        let answered = body(&response)["error"]["code"].clone();
        assert_eq!((response.status, answered), (404, code.into()), "{path}");
    }
    for (name, status) in [
        ("a-b-3", 202),
        ("A9", 202),
        ("a--b", 400),
        ("-a", 400),
        ("a-", 400),
        ("a.b", 400),
        ("é", 400),
    ] {
        let mut rig = Rig::new();
        let uri = sas(&mut rig, GOOD);
        let response = begin(&mut rig, &request(name, &[&uri]));
        assert_eq!(response.status, status, "{name}: {}", response.body);
    }
}

#[test]
fn the_name_of_the_group_is_case_insensitive_and_a_version_is_needed() {
    let mut rig = Rig::new();
    let uri = sas(&mut rig, GOOD);
    let text = request("weekly-2026-03", &[&uri]);
    let path = format!(
        "{}/startLtrBackup",
        ORDERS.replace("rg-commerce-prod", "RG-Commerce-PROD")
    );
    let refused = rig.post(&path, "", &text);
    let code = body(&refused)["error"]["code"].clone();
    assert_eq!((refused.status, code), (400, "MissingApiVersionParameter".into()));
    assert_eq!(rig.post(&path, VERSION, &text).status, 202);
    assert_eq!(read(&mut rig, "weekly-2026-03")["status"], "Running");
}

#[test]
fn a_name_that_matches_no_pattern_is_refused_with_the_whole_error_response() {
    let text = request("weekly_2026", &["https://a.blob.core.windows.net/c?sig=x"]);
    assert_snapshot!(shown(&begin(&mut Rig::new(), &text)), @r#"
    400
    x-ms-failure-cause: service
    {
      "error": {
        "code": "InvalidParameterValue",
        "message": "Invalid value given for parameter 'backupSettings.backupName'. Specify a name of letters and digits with single dashes between them.",
        "target": "backupSettings.backupName",
        "details": [
          {
            "code": "InvalidParameterValue",
            "message": "Invalid value given for parameter 'backupSettings.backupName'. Specify a name of letters and digits with single dashes between them.",
            "target": "backupSettings.backupName",
            "details": [],
            "additionalInfo": [
              {
                "type": "ParameterLimits",
                "info": {
                  "pattern": "^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*"
                }
              }
            ]
          }
        ],
        "additionalInfo": [
          {
            "type": "ParameterLimits",
            "info": {
              "pattern": "^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*"
            }
          }
        ]
      }
    }
    "#);
}

#[test]
fn a_uri_that_is_none_is_repeated_to_whoever_sent_it() {
    let text = request("weekly-2026-03", &["blob.core.windows.net/c?sig=topsecret"]);
    assert_snapshot!(shown(&begin(&mut Rig::new(), &text)), @r#"
    400
    x-ms-failure-cause: service
    {
      "error": {
        "code": "InvalidParameterValue",
        "message": "Invalid value given for parameter 'targetDetails.sasUriList'. 'blob.core.windows.net/c?sig=topsecret' is no SAS URI of a storage container.",
        "target": "targetDetails.sasUriList",
        "details": [
          {
            "code": "InvalidParameterValue",
            "message": "Invalid value given for parameter 'targetDetails.sasUriList'. 'blob.core.windows.net/c?sig=topsecret' is no SAS URI of a storage container.",
            "target": "targetDetails.sasUriList",
            "details": [],
            "additionalInfo": [
              {
                "type": "ParameterLimits",
                "info": {
                  "format": "uri"
                }
              }
            ]
          }
        ],
        "additionalInfo": [
          {
            "type": "ParameterLimits",
            "info": {
              "format": "uri"
            }
          }
        ]
      }
    }
    "#);
}
