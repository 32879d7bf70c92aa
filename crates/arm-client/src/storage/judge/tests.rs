use proptest::prelude::*;

use super::*;

const HOST: &str = "https://sta.blob.core.windows.net";
const SIGNATURE: &str = "sig=b%2BvTzkBcH%2FXPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU%3D";
const GOOD: &str = "sv=2025-11-05&sr=c&sp=rwdl&se=2026-03-04T12:00:00Z&spr=https";

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("a moment")
}

const TWO_HOURS: Duration = Duration::from_secs(2 * 3600);

fn judged(uri: &str, cloud: Cloud) -> Vec<SasFinding> {
    let sas: SasUri = uri.parse().unwrap_or_else(|error| panic!("{uri}: {error}"));
    judge(&sas, noon(), TWO_HOURS, cloud)
}

/// The ids of what blocks, with an exclamation mark, and of what warns.
fn ids(uri: &str, cloud: Cloud) -> String {
    let mark = |finding: &SasFinding| match finding.severity {
        SasSeverity::Blocks => format!("{}!", finding.rule.id()),
        SasSeverity::Warns => finding.rule.id().to_owned(),
    };
    judged(uri, cloud).iter().map(mark).collect::<Vec<_>>().join(" ")
}

/// The good SAS with a part of its query in other words.
fn with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    format!("{HOST}/ltr-orders?{}&{SIGNATURE}", GOOD.replace(from, to))
}

#[test]
fn a_sas_as_it_should_be_has_no_findings() {
    for uri in [
        with("sr=c", "sr=c"),
        with("sp=rwdl", "sp=racwdl"),
        with("&spr", "&st=2026-03-01T12:00:00Z&spr"),
        with("&spr", "&st=2026-03-01&spr"),
        with("2026-03-04T12:00:00Z", "2026-03-04T12%3A00%3A00.0000000Z"),
        with("2026-03-04T12:00:00Z", "2026-03-04"),
        with("2026-03-04T12:00:00Z", "2026-03-02T12:00Z"),
        with("sv=2025-11-05", "sv=2015-04-05"),
        with("sr=c", "sr=c&ses=scope&rscc=x"),
    ] {
        assert_eq!(ids(&uri, Cloud::Public), "", "{uri}");
    }
}

#[test]
fn the_address_is_judged() {
    for (address, cloud, expected) in [
        (
            "http://sta.blob.core.windows.net/ltr",
            Cloud::Public,
            "sas-https!",
        ),
        ("https://STA.BLOB.core.windows.net/ltr", Cloud::Public, ""),
        ("https://sta.z1.blob.storage.azure.net/ltr", Cloud::Public, ""),
        (
            "https://sta.blob.core.usgovcloudapi.net/ltr",
            Cloud::Public,
            "sas-host!",
        ),
        (
            "https://sta.blob.core.usgovcloudapi.net/ltr",
            Cloud::UsGovernment,
            "",
        ),
        ("https://sta.blob.core.chinacloudapi.cn/ltr", Cloud::China, ""),
        ("https://sta.blob.core.windows.net/ltr", Cloud::China, "sas-host!"),
        ("https://sta.dfs.core.windows.net/ltr", Cloud::Public, "sas-host!"),
        (
            "https://sta.file.core.windows.net/ltr",
            Cloud::Public,
            "sas-host!",
        ),
        ("https://backups.contoso.com/ltr", Cloud::Public, "sas-host"),
        (
            "https://sta.blob.core.windows.net:8443/ltr",
            Cloud::Public,
            "sas-host",
        ),
        (
            "https://sta.blob.core.windows.net",
            Cloud::Public,
            "sas-container!",
        ),
        (
            "https://sta.blob.core.windows.net/",
            Cloud::Public,
            "sas-container!",
        ),
        ("https://sta.blob.core.windows.net/ltr/", Cloud::Public, ""),
        (
            "https://sta.blob.core.windows.net/ltr/dump.sql",
            Cloud::Public,
            "sas-container!",
        ),
        (
            "https://sta.blob.core.windows.net/LTR",
            Cloud::Public,
            "sas-container!",
        ),
        (
            "https://sta.blob.core.windows.net/ab",
            Cloud::Public,
            "sas-container!",
        ),
        ("https://sta.blob.core.windows.net/$root", Cloud::Public, ""),
        ("https://sta.blob.core.windows.net/%24web", Cloud::Public, ""),
    ] {
        assert_eq!(
            ids(&format!("{address}?{GOOD}&{SIGNATURE}"), cloud),
            expected,
            "{address}"
        );
    }
}

#[test]
fn the_signature_is_judged() {
    for (signature, expected) in [
        ("", "sas-signature!"),
        ("&sig=", "sas-signature!"),
        ("&sig=c2hvcnQ%3D", "sas-signature!"),
        (
            "&sig=b%2BvTzkBcH%2FXPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU",
            "sas-signature!",
        ),
        (
            "&sig=b%2BvTzkBcH%2FXPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU%3D%3D",
            "sas-signature!",
        ),
        ("&SIG=b%2BvTzkBcH%2FXPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU%3D", ""),
        (
            "&sig=b%2BvTzkBcH%2FXPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU%3D&sig=b%2BvTzkBcH%2FXPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU%3D",
            "sas-repeated!",
        ),
    ] {
        let uri = format!("{HOST}/ltr?{GOOD}{signature}");
        assert_eq!(ids(&uri, Cloud::Public), expected, "{signature}");
    }
}

#[test]
fn each_parameter_is_judged() {
    for (from, to, expected) in [
        // version
        ("sv=2025-11-05&", "", "sas-version!"),
        ("sv=2025-11-05", "sv=", "sas-version!"),
        ("sv=2025-11-05", "sv=latest-one", "sas-version!"),
        ("sv=2025-11-05", "sv=2012-02-12", "sas-version"),
        ("sv=2025-11-05", "sv=2025-11-05&sv=2025-11-05", "sas-repeated!"),
        // resource
        ("sr=c", "sr=b", "sas-resource!"),
        ("sr=c", "sr=d&sdd=2", "sas-resource!"),
        ("sr=c", "sr=s", "sas-resource!"),
        ("&sr=c", "", "sas-resource!"),
        ("sr=c", "ss=b&srt=co", "sas-resource"),
        ("sr=c", "ss=bqtf&srt=sco", "sas-resource"),
        ("sr=c", "ss=b&srt=o", "sas-resource!"),
        ("sr=c", "ss=b&srt=c", "sas-resource!"),
        ("sr=c", "ss=f&srt=co", "sas-resource!"),
        ("sr=c", "srt=co", "sas-resource!"),
        (
            "sr=c",
            "sr=c&skoid=o&sktid=t&skt=2026-03-01&ske=2026-03-05&sks=b&skv=2025-11-05",
            "sas-resource",
        ),
        // permissions
        ("sp=rwdl", "sp=rwl", "sas-permissions!"),
        ("sp=rwdl", "sp=r", "sas-permissions!"),
        ("sp=rwdl", "sp=", "sas-permissions!"),
        ("&sp=rwdl", "", "sas-permissions!"),
        ("sp=rwdl", "sp=dlrw", "sas-permissions!"),
        ("sp=rwdl", "sp=RWDL", "sas-permissions!"),
        ("sp=rwdl", "sp=rwdlz", "sas-permissions!"),
        ("sp=rwdl", "sp=racwdxyltfmei", "sas-excess"),
        ("sp=rwdl", "sp=rwdxl", "sas-excess"),
        // a policy says what is not said here
        ("&sp=rwdl", "&si=weekly", "sas-policy"),
        ("&sp=rwdl&se=2026-03-04T12:00:00Z", "&si=weekly", "sas-policy"),
        ("sp=rwdl", "si=weekly&sp=r", "sas-policy sas-permissions!"),
        // start
        ("&spr", "&st=2026-03-01T12:04:00Z&spr", "sas-start"),
        ("&spr", "&st=2026-03-01T12:05:01Z&spr", "sas-start!"),
        ("&spr", "&st=soon&spr", "sas-start!"),
        (
            "sr=c",
            "sr=c&skoid=o&skt=2026-03-02&ske=2026-03-05",
            "sas-resource sas-start!",
        ),
        // expiry
        ("&se=2026-03-04T12:00:00Z", "", "sas-expiry!"),
        ("2026-03-04T12:00:00Z", "later", "sas-expiry!"),
        ("2026-03-04T12:00:00Z", "2026-03-01T12:00:00Z", "sas-expiry!"),
        ("2026-03-04T12:00:00Z", "2026-03-01", "sas-expiry!"),
        ("2026-03-04T12:00:00Z", "2026-03-01T13:59:00Z", "sas-expiry"),
        ("2026-03-04T12:00:00Z", "2026-03-02T11:59:00Z", "sas-expiry"),
        (
            "sr=c",
            "sr=c&skoid=o&ske=2026-03-01T11:00:00Z",
            "sas-resource sas-expiry!",
        ),
        // protocol
        ("&spr=https", "", "sas-protocol"),
        ("spr=https", "spr=https,http", "sas-protocol"),
        ("spr=https", "spr=http", "sas-protocol!"),
        // addresses
        ("&spr", "&sip=198.51.100.7&spr", "sas-addresses"),
        ("&spr", "&sip=198.51.100.0-198.51.100.255&spr", "sas-addresses"),
    ] {
        let uri = with(from, to);
        assert_eq!(ids(&uri, Cloud::Public), expected, "{from} to {to}");
    }
}

#[test]
fn every_rule_is_found_by_something() {
    let uris = [
        format!("http://sta.file.core.windows.net/a/b?sp=rwdlx&sip=1&sv=1&sv=2&st=x&si=p&{GOOD}"),
        with("sp=rwdl", "sp=r"),
        with("sp=rwdl", "sp=rwdxl"),
        with("2026-03-04T12:00:00Z", "2026-03-01"),
        with("&spr=https", ""),
        with("sr=c", "sr=b"),
    ];
    let found: Vec<_> = uris
        .iter()
        .flat_map(|uri| judged(uri, Cloud::Public))
        .map(|found| found.rule)
        .collect();
    for rule in SasRule::ALL {
        assert!(found.contains(rule), "{}", rule.id());
    }
    let ids: Vec<_> = SasRule::ALL.iter().map(|rule| rule.id()).collect();
    assert!(
        ids.iter()
            .all(|id| ids.iter().filter(|other| *other == id).count() == 1),
        "{ids:?}"
    );
}

#[test]
fn findings_say_what_is_wrong_and_how_it_is_mended() {
    for (uri, what, mend) in [
        (
            with("sp=rwdl", "sp=rl"),
            "The SAS does not allow to write ('w') and delete ('d').",
            "Create it with the permissions read, write, delete and list.",
        ),
        (
            with("2026-03-04T12:00:00Z", "2026-03-01T11:30:00Z"),
            "The SAS expired on 2026-03-01 11:30 UTC.",
            "Create one that lasts until well after the expected end: a day, and more for large databases.",
        ),
        (
            with("2026-03-04T12:00:00Z", "2026-03-01T13:00:00Z"),
            "The SAS expires on 2026-03-01 13:00 UTC, before the expected end of the backup on 2026-03-01 14:00 UTC. The backup fails then.",
            "Create one that lasts until well after the expected end: a day, and more for large databases.",
        ),
        (
            format!("https://sta.blob.core.usgovcloudapi.net/ltr?{GOOD}&{SIGNATURE}"),
            "The host belongs to Azure Government, not to Azure.",
            "Take a container at {account}.blob.core.windows.net.",
        ),
    ] {
        let found = judged(&uri, Cloud::Public);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].what.as_str(), found[0].mend.as_str()), (what, mend));
    }
}

proptest! {
    /// Whatever the text, judging it ends and tells nothing of the signature.
    #[test]
    fn t05_no_finding_holds_a_signature(
        host in "[a-z.]{1,30}",
        path in "[a-zA-Z0-9/$%-]{0,20}",
        query in "((sv|sr|sp|st|se|spr|sip|si|srt|ss|skt|ske)=[a-zA-Z0-9:%,-]{0,12}&){0,8}",
        signature in "[A-Za-z0-9]{20,44}",
    ) {
        let uri = format!("https://{host}/{path}?{query}sig={signature}");
        let sas: SasUri = uri.parse().expect("a URI");
        for cloud in [Cloud::Public, Cloud::UsGovernment, Cloud::China] {
            let found = judge(&sas, noon(), TWO_HOURS, cloud);
            let shown = format!("{found:?} {}", sas.place());
            prop_assert!(!shown.contains(&signature), "{shown}");
            let order: Vec<_> = found
                .iter()
                .map(|found| SasRule::ALL.iter().position(|rule| *rule == found.rule))
                .collect();
            prop_assert!(order.is_sorted(), "in the order of the rules: {order:?}");
        }
    }
}
