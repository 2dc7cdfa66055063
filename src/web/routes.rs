//! Every URL of Primum, who may ask for it, and the handler that answers.
//!
//! `primum routes --format json` prints this table, the shell serves it, and
//! the rights test walks it: a handler that is not here has no address.

use super::cx::{Answer, Cx};
use super::{
    account, accounts, amendment_adaptations, amendment_forms, amendments, audit, brackets,
    comments, compromises, consolidations, contests, decisions, demo, desk, dispositions,
    edition_builds, edition_files, editions, editor, home, invitation_list, invitations, ledger,
    ledger_files, ledger_imports, merge_amendments, merges, organisations, parked, pastes, pens,
    people, presence, programme, public, queue, recommendations, revisions, secretariat, stages,
    tracks, uploads, working_copies, workshop_edits, workshops,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// Who may ask. What a member sees there is decided by `domain::permission`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody; cached, the same bytes for all. A page has its language in
    /// front of its address, a file has none.
    PublicPage,
    PublicFile,
    /// Anybody, for themselves: sign-in, set-up, invitations, reset.
    Visitor,
    /// An account.
    Member,
    /// The secretariat.
    Secretariat,
    /// Only in the demonstration.
    Demo,
}

impl Who {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PublicPage | Self::PublicFile => "public",
            Self::Visitor => "visitor",
            Self::Member => "member",
            Self::Secretariat => "secretariat",
            Self::Demo => "demo",
        }
    }
}

pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    pub handler: fn(&Cx) -> Answer,
}

type Answering = fn(&Cx) -> Answer;

const fn route(method: Method, path: &'static str, who: Who, handler: Answering) -> Route {
    Route { method, path, who, handler }
}

const fn page(path: &'static str, handler: Answering) -> Route {
    route(Method::Get, path, Who::PublicPage, handler)
}

const fn file(path: &'static str, handler: Answering) -> Route {
    route(Method::Get, path, Who::PublicFile, handler)
}

const fn visitor(method: Method, path: &'static str, handler: Answering) -> Route {
    route(method, path, Who::Visitor, handler)
}

const fn member(method: Method, path: &'static str, handler: Answering) -> Route {
    route(method, path, Who::Member, handler)
}

const fn convener(method: Method, path: &'static str, handler: Answering) -> Route {
    route(method, path, Who::Secretariat, handler)
}

use Method::{Get, Post};

pub const ROUTES: &[Route] = &[
    // The public face.
    page("/", home::show),
    page("/tracks/{slug}", tracks::show),
    page("/workshops", workshops::show_public_list),
    page("/workshops/{slug:[a-z0-9-]+}", workshops::show),
    file("/workshops/{slug}.ics", workshops::download_ics),
    page("/recommendations", editions::show_current),
    page("/for/{audience}", editions::show_current_audience),
    page("/editions", editions::show_list),
    page("/editions/{number:[0-9]+}", editions::show),
    page("/editions/{number:[0-9]+}/for/{audience}", editions::show_audience),
    page("/editions/{number:[0-9]+}/tracks/{slug}", editions::show_track),
    page("/editions/{number:[0-9]+}/{reference:[A-Z]+-[0-9]+}", editions::show_entry),
    file("/editions/{number:[0-9]+}.md", edition_files::markdown),
    file("/editions/{number:[0-9]+}.json", edition_files::json),
    file("/editions/{number:[0-9]+}/manifest.json", edition_files::manifest),
    file("/editions/{number:[0-9]+}/{reference:[A-Z]+-[0-9]+}.md", edition_files::entry_markdown),
    file("/editions/{number:[0-9]+}/{reference:[A-Z]+-[0-9]+}.json", edition_files::entry_json),
    page("/about", public::show_about),
    page("/accessibility", public::show_accessibility),
    page("/privacy", public::show_privacy),
    page("/licences", public::show_licences),
    // Coming in.
    visitor(Get, "/sign-in", accounts::show_sign_in),
    visitor(Post, "/sign-in", accounts::sign_in),
    visitor(Get, "/set-up/{token}", accounts::show_set_up),
    visitor(Post, "/set-up/{token}", accounts::set_up),
    visitor(Get, "/invitations/{token}", invitations::show),
    visitor(Post, "/invitations/{token}", invitations::accept),
    visitor(Get, "/reset", accounts::show_ask_reset),
    visitor(Post, "/reset", accounts::ask_reset),
    visitor(Get, "/reset/{token}", accounts::show_reset),
    visitor(Post, "/reset/{token}", accounts::reset),
    // Members.
    member(Post, "/sign-out", accounts::sign_out),
    member(Get, "/desk", desk::show),
    member(Get, "/account", account::show),
    member(Post, "/account", account::change_profile),
    member(Post, "/account/password", account::change_password),
    member(Post, "/account/sessions/{session}/end", account::end_session),
    member(Get, "/drafts", recommendations::show_list),
    member(Get, "/drafts/new", working_copies::show_new),
    member(Post, "/drafts/new", recommendations::create),
    member(Get, "/drafts/{reference}", recommendations::show),
    member(Get, "/drafts/{reference}/edit", editor::show_edit),
    member(Post, "/drafts/{reference}/edit", editor::save),
    member(Get, "/drafts/{reference}/revisions", revisions::show_history),
    member(Get, "/drafts/{reference}/revisions/{revision:[0-9]+}", revisions::show_revision),
    member(Get, "/drafts/{reference}/compare", revisions::show_compare),
    member(Get, "/drafts/{reference}/comments/new", comments::show_new),
    member(Post, "/drafts/{reference}/comments", comments::create),
    member(Post, "/drafts/{reference}/comments/{comment}/replies", comments::reply),
    member(Get, "/drafts/{reference}/comments/{comment}/edit", comments::show_edit),
    member(Post, "/drafts/{reference}/comments/{comment}/edit", comments::edit),
    member(Get, "/drafts/{reference}/comments/{comment}/withdrawal", comments::show_withdraw),
    member(Post, "/drafts/{reference}/comments/{comment}/withdrawal", comments::withdraw),
    member(Get, "/drafts/{reference}/comments/{comment}/disposition", dispositions::show),
    member(Post, "/drafts/{reference}/comments/{comment}/disposition", dispositions::dispose),
    member(Get, "/drafts/{reference}/ledger", ledger::show),
    member(Get, "/drafts/{reference}/stage", stages::show_stage),
    member(Post, "/drafts/{reference}/opening", stages::open),
    member(Post, "/drafts/{reference}/closing", stages::close),
    member(Post, "/drafts/{reference}/agreement", stages::agree),
    member(Post, "/drafts/{reference}/reopening", stages::reopen),
    member(Post, "/drafts/{reference}/withdrawal", stages::withdraw),
    // Members: the drafting room.
    member(Get, "/drafts/{reference}/pen", pens::show),
    member(Post, "/drafts/{reference}/pen/taking", pens::take),
    member(Post, "/drafts/{reference}/pen/request", pens::ask),
    member(Post, "/drafts/{reference}/pen/handing", pens::hand),
    member(Post, "/drafts/{reference}/pen/seizure", pens::seize),
    member(Post, "/drafts/{reference}/pen/release", pens::release),
    member(Post, "/drafts/{reference}/working-copy", working_copies::keep),
    member(Post, "/drafts/{reference}/working-copy/discarding", working_copies::discard),
    member(Post, "/drafts/{reference}/preview", editor::preview),
    member(Post, "/drafts/{reference}/upload", uploads::take),
    member(Post, "/drafts/{reference}/merge", merges::save),
    member(Post, "/drafts/{reference}/merge/mine", merges::download_mine),
    member(Post, "/drafts/{reference}/merge/sending", merge_amendments::send),
    member(Post, "/drafts/{reference}/paste", pastes::convert),
    member(Get, "/drafts/{reference}/presence", presence::show),
    member(Get, "/drafts/{reference}/brackets", brackets::show),
    member(Post, "/drafts/{reference}/brackets/{bracket}/withdrawal", brackets::withdraw),
    member(Get, "/desk/parked", parked::show),
    member(Post, "/desk/parked", parked::discard),
    // Members: amendments.
    member(Get, "/drafts/{reference}/amendments", amendments::show_list),
    member(Get, "/drafts/{reference}/amendments/new", amendment_forms::show_new),
    member(Post, "/drafts/{reference}/amendments", amendment_forms::create),
    member(Get, "/drafts/{reference}/amendments/{number:[0-9]+}", amendments::show),
    member(
        Post,
        "/drafts/{reference}/amendments/{number:[0-9]+}/co-sponsorship",
        amendments::co_sponsor,
    ),
    member(
        Post,
        "/drafts/{reference}/amendments/{number:[0-9]+}/co-sponsorship/withdrawal",
        amendments::leave_co_sponsors,
    ),
    member(Post, "/drafts/{reference}/amendments/{number:[0-9]+}/withdrawal", amendments::withdraw),
    member(
        Get,
        "/drafts/{reference}/amendments/{number:[0-9]+}/adaptation",
        amendment_adaptations::show,
    ),
    member(
        Post,
        "/drafts/{reference}/amendments/{number:[0-9]+}/adaptation",
        amendment_adaptations::adapt,
    ),
    member(
        Get,
        "/drafts/{reference}/amendments/{number:[0-9]+}/disposition",
        decisions::show_dispose,
    ),
    member(Post, "/drafts/{reference}/amendments/{number:[0-9]+}/disposition", decisions::dispose),
    member(Post, "/drafts/{reference}/amendments/{number:[0-9]+}/undo", decisions::undo),
    member(Get, "/drafts/{reference}/consolidation", consolidations::show),
    member(Get, "/drafts/{reference}/consolidation/compromise", compromises::show),
    member(Post, "/drafts/{reference}/consolidation/compromise", compromises::create),
    // Members: contests, the ledger as a file.
    member(Get, "/drafts/{reference}/comments/{comment}/contest", contests::show_new),
    member(Post, "/drafts/{reference}/comments/{comment}/contest", contests::create),
    member(Get, "/drafts/{reference}/amendments/{number:[0-9]+}/contest", contests::show_new),
    member(Post, "/drafts/{reference}/amendments/{number:[0-9]+}/contest", contests::create),
    member(Get, "/drafts/{reference}/contests/{contest}", contests::show_answer),
    member(Post, "/drafts/{reference}/contests/{contest}", contests::answer),
    member(Post, "/drafts/{reference}/contest-days", stages::set_contest_days),
    member(Get, "/drafts/tracks/{slug}/ledger", ledger::show_track),
    member(Get, "/drafts/tracks/{slug}/ledger.xlsx", ledger_files::show_track_xlsx),
    member(Get, "/drafts/tracks/{slug}/ledger.csv", ledger_files::show_track_csv),
    member(Get, "/drafts/{reference}/ledger.xlsx", ledger_files::show_xlsx),
    member(Get, "/drafts/{reference}/ledger.csv", ledger_files::show_csv),
    member(Get, "/drafts/{reference}/ledger/import", ledger_imports::show),
    member(Post, "/drafts/{reference}/ledger/import", ledger_imports::look),
    member(Post, "/drafts/{reference}/ledger/import/rows", ledger_imports::import),
    member(Get, "/desk/queue", queue::show),
    member(Get, "/drafts/{reference}/ledger/answers", dispositions::show_several),
    member(Post, "/drafts/{reference}/ledger/answers", dispositions::dispose_several),
    // The secretariat.
    convener(Get, "/secretariat", secretariat::show),
    convener(Get, "/secretariat/people", people::show_list),
    convener(Get, "/secretariat/people/{account}", people::show),
    convener(Post, "/secretariat/people/{account}/roles", people::set_roles),
    convener(Post, "/secretariat/people/{account}/standing", people::set_standing),
    convener(Get, "/secretariat/organisations", organisations::show_list),
    convener(Get, "/secretariat/organisations/new", organisations::show_new),
    convener(Post, "/secretariat/organisations/new", organisations::create),
    convener(Get, "/secretariat/organisations/{organisation}", organisations::show),
    convener(Post, "/secretariat/organisations/{organisation}", organisations::change),
    convener(Get, "/secretariat/invitations", invitation_list::show_list),
    convener(Get, "/secretariat/invitations/new", invitation_list::show_new),
    convener(Post, "/secretariat/invitations/new", invitation_list::create),
    convener(Post, "/secretariat/invitations/{invitation}/resend", invitation_list::resend),
    convener(Post, "/secretariat/invitations/{invitation}/revoke", invitation_list::revoke),
    convener(Get, "/secretariat/tracks", programme::show_tracks),
    convener(Get, "/secretariat/tracks/new", programme::show_new_track),
    convener(Post, "/secretariat/tracks/new", programme::create_track),
    convener(Get, "/secretariat/tracks/{slug}", programme::show_track),
    convener(Post, "/secretariat/tracks/{slug}", programme::change_track),
    convener(Get, "/secretariat/settings", programme::show_settings),
    convener(Post, "/secretariat/settings", programme::change_settings),
    convener(Get, "/secretariat/workshops", workshop_edits::show_list),
    convener(Get, "/secretariat/workshops/new", workshop_edits::show_new),
    convener(Post, "/secretariat/workshops/new", workshop_edits::create),
    convener(Get, "/secretariat/workshops/{slug}", workshop_edits::show_edit),
    convener(Post, "/secretariat/workshops/{slug}", workshop_edits::change),
    convener(Get, "/secretariat/editions", edition_builds::show_list),
    convener(Post, "/secretariat/editions", edition_builds::create),
    convener(Get, "/secretariat/editions/{edition}", edition_builds::show),
    convener(Post, "/secretariat/editions/{edition}", edition_builds::change),
    convener(Get, "/secretariat/editions/{edition}/publish", edition_builds::show_publish),
    convener(Post, "/secretariat/editions/{edition}/publish", edition_builds::publish),
    convener(Get, "/secretariat/audit", audit::show_list),
    // The demonstration.
    route(Get, "/demo", Who::Demo, demo::show),
    route(Post, "/demo/sign-in", Who::Demo, demo::sign_in),
    route(Get, "/demo/mail", Who::Demo, demo::show_mail),
];

/// First parts of addresses that are members': signed out, every one of them,
/// existing or not, leads to sign-in.
pub const PRIVATE: &[&str] = &["desk", "drafts", "account", "calls", "secretariat", "sign-out"];
