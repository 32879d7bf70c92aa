//! A page in each of its views: pictures for people, axe for the rest.

use crate::page::{Scheme, Size};
use crate::stage::Stage;

impl Stage {
    /// Looks at the page as it is in both schemes and both sizes; nothing may need a sideways scroll (WCAG 1.4.10).
    pub async fn works_in_every_view(&self, name: &str) {
        let mut faults = vec![];
        for (size, width) in [(Size::DESKTOP, "1440"), (Size::PHONE, "320")] {
            for scheme in [Scheme::Light, Scheme::Dark] {
                self.page().set_view(size, scheme).await;
                let picture = format!("{name}-{}-{width}", scheme.name());
                let found = self.look(&picture).await;
                faults.extend(found.into_iter().map(|fault| format!("{picture}: {fault}")));
                let overhang =
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
                let overhang = self.page().script(overhang, vec![]).await;
                faults.extend(
                    (overhang != 0).then(|| format!("{picture}: {overhang} pixels stick out on the right")),
                );
            }
        }
        self.page().set_view(Size::DESKTOP, Scheme::Light).await;
        self.page().force_colours().await;
        self.page().screenshot(&format!("{name}-forced-colours")).await;
        self.page().set_view(Size::DESKTOP, Scheme::Light).await;
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
