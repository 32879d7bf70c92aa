//! The head of a page: where it is, what it is called.

use std::cell::RefCell;

use leptos::html;

use crate::{
    location::link,
    prelude::*,
    ui::icon::{Icon, IconName},
};

/// A step of the breadcrumb above this page.
pub struct Crumb {
    /// Its text.
    pub label: String,
    /// The path it leads to.
    pub path: String,
}

thread_local! {
    /// The title of the page that was shown first, until another was.
    static FIRST_PAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whether the heading takes the focus: not on the page that was loaded, where Tab begins at the top.
///
/// A page that comes as a file of its own has its header twice, first without the rest.
fn takes_focus(title: &str) -> bool {
    FIRST_PAGE.with_borrow_mut(|first| {
        let is_first = *first.get_or_insert_with(|| title.to_owned()) == title;
        if !is_first {
            // No title is empty: from now on every page is another one.
            *first = Some(String::new());
        }
        !is_first
    })
}

/// Breadcrumb, icon, name and subtitle; takes the focus when the page changes.
#[component]
pub fn PageHeader(
    /// What the page is about: a server's name, or the page's own title.
    #[prop(into)]
    name: String,
    /// Which page of it this is.
    #[prop(optional, into)]
    page: Option<&'static str>,
    /// The line below.
    #[prop(into)]
    subtitle: Signal<String>,
    /// What the name stands for.
    icon: IconName,
    /// The pages above, outermost first.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// What stands at the right, such as the cross of a wizard.
    #[prop(optional, into)]
    end: Option<ViewFnOnce>,
) -> impl IntoView {
    let title = page.map_or_else(|| name.clone(), |page| format!("{page} · {name}"));
    document().set_title(&format!("{title} · PG Backup Portal"));
    let heading = NodeRef::<html::H1>::new();
    let takes_focus = takes_focus(&title);
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| takes_focus) {
            // The element is there; a page that cannot take the focus keeps working.
            heading.focus().ok();
        }
    });
    let here = page.map_or_else(|| name.clone(), str::to_owned);
    let breadcrumb = (!crumbs.is_empty()).then(|| {
        let links = crumbs.into_iter().map(|crumb| {
            view! { <li><a href=link(&crumb.path)>{crumb.label}</a></li> }
        });
        view! {
            <nav class="breadcrumb" aria-label="Breadcrumb">
                <ol role="list">{links.collect_view()} <li aria-current="page">{here}</li></ol>
            </nav>
        }
    });
    view! {
        <section class="page-header" id="page-header" aria-labelledby="page-heading">
            {breadcrumb}
            <div class="page-title">
                <span class="page-icon"><Icon name=icon size=24 /></span>
                <div class="page-title-text">
                    <h1 id="page-heading" tabindex="-1" node_ref=heading>
                        <strong>{name}</strong>
                        {page.map(|page| view! { " " <span class="page-name"><span class="page-bar">"| "</span>{page}</span> })}
                    </h1>
                    <p class="page-subtitle">{subtitle}</p>
                </div>
                {end.map(|end| view! { <div class="page-title-end">{end.run()}</div> })}
            </div>
        </section>
    }
}
