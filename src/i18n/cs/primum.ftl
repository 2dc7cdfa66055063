### Primum česky. Oddíly i klíče jsou ve stejném pořadí jako v angličtině.

## Frame
skip = Přejít k hlavnímu obsahu
time-local = { "{" }time{ "}" } vašeho času
bar-demo = Ukázka: nic z toho neřekla žádná skutečná instituce.
bar-demo-link = Přihlásit se jako někdo jiný
bar-mail =
    { $n ->
        [one] { $n } zpráva čeká: nikdo neřekl, jak se má pošta odesílat.
        [few] { $n } zprávy čekají: nikdo neřekl, jak se má pošta odesílat.
        [many] { $n } zprávy čeká: nikdo neřekl, jak se má pošta odesílat.
       *[other] { $n } zpráv čeká: nikdo neřekl, jak se má pošta odesílat.
    } Spusťte Primum s --smtp-url a --mail-from; do té doby vypíše adresu pozvánky příkaz `primum invite`.
nav-main = Hlavní
nav-desk = Můj stůl
nav-drafts = Návrhy
nav-secretariat = Sekretariát
nav-published = Vydané
nav-sign-out = Odhlásit se
nav-recommendations = Doporučení
nav-workshops = Workshopy
nav-editions = Vydání
nav-about = O programu
nav-about-site = O těchto stránkách
nav-accessibility = Přístupnost
nav-privacy = Soukromí
nav-licences = Licence
nav-language = Jazyk
nav-crumbs = Drobečková navigace
nav-home = Domů
theme-auto = Vzhled: automaticky
theme-light = Vzhled: světlý
theme-dark = Vzhled: tmavý
content-language = Tento text je v angličtině.

## Words used everywhere
stage-draft = Návrh
stage-open = K připomínkám
stage-agreed = Schváleno
stage-withdrawn = Staženo
role-observer = Pozorovatel
role-participant = Účastník
role-drafter = Zpracovatel
role-chair = Předsedající
role-secretariat = Sekretariát
capacity-organisation = Jménem organizace
capacity-personal = Osobně
rule-named = Jmenovitě
rule-organisation = Podle organizace
rule-chatham-house = Chatham House
disposition-accepted = Přijato
disposition-accepted-in-part = Přijato zčásti
disposition-accepted-in-principle = Přijato v zásadě
disposition-noted = Vzato na vědomí
disposition-not-accepted = Nepřijato
section-statement = Doporučení
section-rationale = Proč
section-whole = Celý text
form-problem = Něco je potřeba opravit
form-error-prefix = Chyba:
form-cancel = Zrušit
form-save = Uložit
form-choose = Vyberte
form-password-again = Vaše heslo
form-password-again-hint = Tento krok se nevrací snadno, proto se ptáme ještě jednou.
pages-label = Stránkování
pages-previous = Předchozí
pages-next = Další

## Faults of forms
fault-at = { $field }: { $sentence }
fault-required = Vyplňte toto pole
fault-one-line = Použijte jeden řádek, bez zalomení
fault-too-long =
    { $n ->
       *[other] Použijte nejvýše { $n } znaků
    }
fault-choose = Vyberte jednu z možností
fault-email = Zadejte jednu e-mailovou adresu, například jmeno@example.org
fault-password-short = Použijte alespoň { $n } znaků; několik slov se dobře pamatuje
fault-password-long = Použijte nejvýše { $n } znaků
fault-password-common = Toto heslo zkoušejí hádací programy mezi prvními; zvolte jiné
fault-password-personal = Vynechte z hesla své jméno, adresu i název těchto stránek
fault-password-wrong = To není vaše heslo
fault-comment-empty = Napište připomínku
fault-statement-empty = Napište samotné doporučení
fault-text-long = Oddíly jsou dohromady delší než { $n } KiB; zkraťte text, nebo ho rozdělte na dvě doporučení
fault-too-many-blocks = Použijte nejvýše 40 000 odstavců, položek seznamů a buněk tabulek; další je na řádku { $n }
fault-too-deep = Seznamy nebo citace jsou na řádku { $n } vnořeny příliš hluboko; použijte méně úrovní
fault-splits = Řádek { $n } by při exportu začal jiný oddíl: přeformulujte ten nadpis, nebo použijte nižší úroveň (###)

## Errors
error-missing = Taková stránka neexistuje
error-missing-next = Adresa může být překlepnutá, nebo vám stránka není určena. Vydané adresy se nemění: hledejte text mezi doporučeními.
error-conflict = To už nejde udělat
error-form = Formulář se nepodařilo přečíst
error-form-next = Obsahoval pole, které tato stránka nezná. Vraťte se, načtěte stránku znovu a odešlete ji ještě jednou.
error-forged = Formulář nepřišel z těchto stránek
error-forged-next = Prohlížeč neposlal značku formuláře, možná proto, že jste se v jiné kartě přihlásili nebo odhlásili. Vraťte se, načtěte stránku znovu a odešlete formulář ještě jednou.
error-large = Formulář je příliš velký
error-large-next = Má přes 4 MiB. Váš text je stále ve formuláři: vraťte se o krok zpět, zkraťte ho a odešlete znovu.
error-many = Příliš mnoho pokusů
error-many-next = Počkejte čtvrt hodiny a zkuste to znovu, nebo si nechte poslat nové heslo.
error-unavailable = Databáze neodpovídá
error-unavailable-next = Nic se neuložilo. Zkuste to za minutu znovu; pokud jste něco napsali, je to níže.
error-internal = Na naší straně se něco pokazilo
error-internal-next = Nic se neuložilo. Zkuste to znovu; stane-li se to dvakrát, řekněte sekretariátu číslo níže.
error-typed = Co jste napsali
error-typed-hint = Než stránku opustíte, zkopírujte si to.
error-request = Číslo této chyby:
error-home = Na úvodní stránku
conflict-stage = Text se mezitím posunul: v jeho současném stavu to nejde. Podívejte se na stránku znovu.
conflict-stale = Mezitím byla uložena novější revize. Nejdřív se na ni podívejte, pak rozhodněte.
conflict-form-token = Formulář byl neúplný. Načtěte stránku znovu a odešlete ji ještě jednou.
conflict-invitation-over = Tato pozvánka už byla přijata nebo zrušena.
conflict-last-secretariat = Toto je poslední účet sekretariátu; nejdřív dejte roli někomu jinému.
conflict-unanswered = Některá připomínka nebo pozměňovací návrh ještě čeká na vypořádání. Vypořádejte vše a pak text označte jako schválený.
fault-deadline = Zvolte čas, který teprve přijde, nejdéle za rok
fault-deadline-passed = Lhůta pro připomínky uplynula. Váš text tu zůstal; zkopírujte si ho, nebo požádejte předsedajícího o prodloužení
fault-not-open = Tento text není otevřen k připomínkám. Vaše připomínka tu zůstala; zkopírujte si ji, nebo požádejte předsedajícího, aby text otevřel

## Accounts
sign-in-title = Přihlášení
sign-in-next = Po přihlášení se vrátíte na stránku, kterou jste chtěli otevřít.
sign-in-button = Přihlásit se
sign-in-forgotten = Zapomněli jste heslo?
sign-in-invited = Účty vznikají na pozvání. Máte-li pozvánku, použijte odkaz z e-mailu.
fault-sign-in = Adresa a heslo k sobě nepatří. Zkontrolujte obojí, nebo si nechte poslat nové heslo
account-email = E-mailová adresa
account-password = Heslo
account-password-new = Nové heslo
account-password-current = Současné heslo
account-password-hint = Alespoň 12 znaků; nejlepší je několik nesouvisejících slov.
account-name = Vaše jméno
account-name-hint = Tak, jak ho vidí lidé s rolí ve vašich okruzích.
account-organisation = Organizace
account-title = Váš účet
account-profile = Jméno a jazyk
account-roles = Vaše role
account-no-roles = Zatím nemáte roli v žádném okruhu. Role přiděluje sekretariát.
account-everywhere = Celý program
account-change-password = Změnit heslo
account-sessions = Kde jste přihlášeni
account-sessions-hint = Relaci, kterou neznáte, ukončete a změňte si heslo.
account-session-own = tato relace
account-session-since = Přihlášení
account-session-seen = Naposledy
account-session-end = Ukončit
set-up-title = Zprovoznění Primum
set-up-lede = Vytváříte první účet: sekretariát, který program svolává.
set-up-organisation-hint = Organizace, která sekretariát vede.
set-up-button = Vytvořit účet
reset-title = Nové heslo
reset-lede = Na vaši adresu pošleme odkaz. Platí jednou a hodinu.
reset-ask-button = Poslat odkaz
reset-sent = Pokud účet s touto adresou existuje, zpráva je na cestě. Odkaz v ní platí jednou a hodinu.
reset-button = Nastavit nové heslo
done-password = Nové heslo je nastaveno. Ostatní relace byly ukončeny.
done-profile = Uloženo.
done-session = Relace je ukončena.

## Drafts
word-track = Okruh
word-stage = Stav
word-revision = Revize
word-reason = Odůvodnění
paragraph = Odstavec
contents-title = Na této stránce
section-action =
    { $known ->
        [policy-makers] Pro tvůrce veřejných politik
        [technology-vendors] Pro dodavatele technologií
        [diplomats] Pro diplomaty
        [healthcare-practitioners] Pro zdravotníky
       *[other] Pro adresáty: { $audience }
    }
revision-n = Revize { $n }
comments-n =
    { $n ->
        [one] { $n } připomínka
        [few] { $n } připomínky
        [many] { $n } připomínky
       *[other] { $n } připomínek
    }
replies-n =
    { $n ->
        [one] { $n } odpověď
        [few] { $n } odpovědi
        [many] { $n } odpovědi
       *[other] { $n } odpovědí
    }
unanswered-n =
    { $n ->
        [one] { $n } nevypořádaná
        [few] { $n } nevypořádané
        [many] { $n } nevypořádané
       *[other] { $n } nevypořádaných
    }
drafts-title = Návrhy
drafts-lede = Texty vašich okruhů: rozpracované, schválené i stažené.
drafts-new = Nové doporučení
drafts-filter = Zobrazit
drafts-all-tracks = Všechny okruhy
drafts-all-stages = Všechny stavy
drafts-count =
    { $n ->
        [one] { $n } doporučení
        [few] { $n } doporučení
        [many] { $n } doporučení
       *[other] { $n } doporučení
    }
drafts-empty = Zatím tu žádné doporučení není
drafts-empty-hint = Zvolte jiný okruh nebo stav, nebo začněte nové doporučení, jste-li v některém okruhu zpracovatelem.
draft-nav = Toto doporučení
draft-tab-text = Text a připomínky
draft-tab-edit = Upravit
draft-tab-history = Historie
draft-tab-ledger = Vypořádání
draft-tab-stage = Stav
draft-open-until = Připomínky do
draft-closed-since = Připomínky uzavřeny
draft-brackets =
    { $n ->
        [one] { $n } závorka
        [few] { $n } závorky
        [many] { $n } závorky
       *[other] { $n } závorek
    }
draft-agreed-on = Revize { $n } schválena
draft-withdrawn = Toto doporučení bylo staženo
draft-saved-by = Uložil(a)
draft-saved-at = Uloženo
draft-summary = Co se změnilo
draft-comments = Diskuse
draft-workshop = Workshop
draft-discussion = Připomínky k celému textu
edit-title = Upravit
edit-new-lede = Začíná jako návrh, který vidí jen lidé s rolí v okruhu.
edit-first-summary = První návrh
edit-workshop = Workshop, ze kterého vzešlo
edit-workshop-hint = Nevzešlo-li z žádného, nechte prázdné.
edit-workshop-none = Žádný
edit-field-title = Název
edit-title-hint = Co by se mělo udělat, na jeden řádek.
edit-statement-hint = Začněte jednou větou, která říká, co by se mělo udělat.
edit-rationale-hint = Proč je to potřeba; ke každému údaji dejte odkaz na zdroj.
edit-actions = Co od koho žádá
edit-actions-hint = Nežádá-li doporučení po někom nic, nechte jeho oddíl prázdný.
edit-summary = Co se v této revizi změnilo
edit-summary-hint = Jeden řádek do historie, například „Lhůta po druhém workshopu posunuta na rok 2028“.
edit-save = Uložit revizi { $n }
edit-create = Uložit první revizi
edit-preview-button = Náhled
edit-preview = Náhled
edit-preview-hint = Zatím neuloženo. Takto by text vypadal po vydání.
edit-unsaved = Váš text ještě není uložen.
edit-markdown = Jak formátovat
edit-md-bold = tučně
edit-md-italic = kurzíva
edit-md-item = položka seznamu
edit-md-link = odkaz
edit-md-bracket = slova
edit-md-bracket-hint = Hranaté závorky označují slova, na kterých zatím není shoda.
stale-title = Váš text se neuložil přes cizí. Nic se neztratilo.
stale-who = Zatímco jste psali, { $who } uložil(a) revizi { $n }:
stale-same = Oba texty jsou stejné; není co ukládat.
history-title = Historie
history-caption = Revize od nejnovější. Vyberte dvě k porovnání.
history-from = Od
history-to = Do
history-from-n = Porovnat od revize { $n }
history-to-n = Porovnat do revize { $n }
revision-compare-current = Porovnat se současnou revizí
compare-title = Porovnání
compare-heading = Od revize { $from } do revize { $to }
compare-button = Porovnat
compare-inline = Zobrazit v jednom sloupci
compare-side = Zobrazit vedle sebe
compare-folded =
    { $n ->
        [one] { $n } odstavec beze změny
        [few] { $n } odstavce beze změny
       *[other] { $n } odstavců beze změny
    }
compare-untouched = Beze změny: { $sections }.
compare-same = Beze změny.
compare-moved = Přesunuto, jinak beze změny
compare-moved-changed = Přesunuto a změněno
compare-split =
    { $n ->
        [few] Rozděleno na { $n } odstavce
       *[other] Rozděleno na { $n } odstavců
    }
compare-merged = Spojeno z { $n } odstavců
compare-moved-count =
    { $n ->
        [one] Přesunut { $n } odstavec.
        [few] Přesunuty { $n } odstavce.
        [many] Přesunuto { $n } odstavce.
       *[other] Přesunuto { $n } odstavců.
    }
compare-split-count =
    { $n ->
        [one] Rozdělen { $n } odstavec.
        [few] Rozděleny { $n } odstavce.
        [many] Rozděleno { $n } odstavce.
       *[other] Rozděleno { $n } odstavců.
    }
compare-merged-count =
    { $n ->
        [one] Odstavce spojeny na { $n } místě.
       *[other] Odstavce spojeny na { $n } místech.
    }
compare-added = Přidáno
compare-removed = Odebráno
compare-deleted-word = odstraněno:
compare-inserted-word = vloženo:
compare-changed =
    { $n ->
        [0] Nic se nezměnilo.
        [one] Změněn { $n } odstavec.
        [few] Změněny { $n } odstavce.
        [many] Změněno { $n } odstavce.
       *[other] Změněno { $n } odstavců.
    }
compare-inserted =
    { $n ->
        [one] Přidáno { $n } slovo,
        [few] Přidána { $n } slova,
        [many] Přidáno { $n } slova,
       *[other] Přidáno { $n } slov,
    }
compare-deleted =
    { $n ->
        [one] odebráno { $n } slovo.
        [few] odebrána { $n } slova.
        [many] odebráno { $n } slova.
       *[other] odebráno { $n } slov.
    }
stage-do-open = Otevřít k připomínkám
stage-extend = Posunout lhůtu
stage-open-hint = Účastníci okruhu mohou do konce lhůty připomínkovat a dostanou o tom zprávu.
stage-until = Lhůta (UTC)
stage-until-hint = Den a čas v UTC.
stage-open-button = Otevřít k připomínkám
stage-extend-button = Posunout lhůtu
stage-do-close = Uzavřít
stage-close-hint = Zpět do návrhu: dokud text znovu neotevřete, nikdo nemůže připomínkovat. Připomínky zůstanou.
stage-close-button = Uzavřít připomínky
stage-do-agree = Označit jako schválené
stage-agree-hint = Zaznamená, že okruh schválil revizi { $n }. Text pak lze zařadit do vydání a už ho nelze měnit.
stage-agree-button = Označit revizi { $n } jako schválenou
stage-agree-unanswered = Na vypořádání ještě čeká { $n } (připomínky a pozměňovací návrhy). Nejdřív vše vypořádejte:
stage-agree-brackets =
    { $n ->
        [one] V textu je ještě { $n } závorka; bránila by vydání.
        [few] V textu jsou ještě { $n } závorky; bránily by vydání.
        [many] V textu je ještě { $n } závorky; bránilo by to vydání.
       *[other] V textu je ještě { $n } závorek; bránilo by to vydání.
    }
stage-newer = Nic nebylo schváleno: od vašeho pohledu přibyla revize { $n }.
stage-newer-compare = Podívejte se, co se změnilo, a rozhodněte znovu
stage-do-reopen = Znovu otevřít
stage-reopen-hint = Zpět do návrhu k dalšímu kolu. Co je vydáno, zůstává vydáno.
stage-reopen-button = Znovu otevřít
stage-do-withdraw = Stáhnout
stage-withdraw-hint = Ukončí práci na textu natrvalo; text i s vaším odůvodněním zůstane čitelný.
stage-withdraw-button = Stáhnout natrvalo
stage-acting = Tento okruh nemá předsedajícího: jednáte za něj a záznam to uvádí.
fault-date-time = Zadejte den a čas, například 2027-03-14 18:00
done-created = Návrh je založen.
done-saved = Uloženo jako nejnovější revize.
done-opened = Otevřeno k připomínkám.
done-closed = Připomínky jsou uzavřeny.
done-agreed = Označeno jako schválené.
done-reopened = Znovu otevřeno jako návrh.
done-withdrawn = Staženo.

## Comments
comment-block = Připomínka
comment-block-on =
    { $n ->
        [0] k tomuto nadpisu či poznámce
       *[other] k odstavci { $n }
    }
comment-on-block =
    { $n ->
        [0] Připomínka k nadpisu či poznámce
       *[other] Připomínka k odstavci { $n }
    }
comment-on-whole = Připomínka k celému textu
comment-notes-label =
    { $n ->
        [0] Připomínky k tomuto nadpisu či poznámce
       *[other] Připomínky k odstavci { $n }
    }
comment-elsewhere = Ke slovům, která se od té doby změnila
comment-whole = Připomínky k celému textu
comment-none-whole = K celému textu zatím nikdo nic nenapsal
comment-none-hint = Připomínkujte zde, nebo použijte odkaz pod odstavcem.
comment-over = Lhůta pro připomínky uplynula.
comment-not-open = Tento text není otevřen k připomínkám.
comment-personally = osobně, { $organisation }
comment-disposition = Vypořádání
comment-decided-by = –
comment-unanswered = Zatím nevypořádáno
comment-reply = Odpovědět
comment-answer = Vypořádat
comment-change-answer = Změnit vypořádání
comment-reply-to = Odpověď – { $who }
comment-body = Vaše připomínka
comment-body-hint = Napište, co byste změnili a proč. I zde funguje Markdown.
comment-capacity = Mluvíte
comment-for = Jménem organizace
comment-send = Odeslat připomínku
comment-send-reply = Odeslat odpověď
comment-reason-hint = Čte ho autor připomínky i všichni s rolí v okruhu.
comment-answer-button = Zaznamenat vypořádání
done-commented = Vaše připomínka je zapsána.
done-replied = Vaše odpověď je zapsána.
done-disposed = Vypořádání je zapsáno a autor se o něm dozví.
comment-fate-unchanged = Napsáno k revizi { $n }; odstavec se od té doby nezměnil.
comment-fate-words-unchanged = Napsáno k revizi { $n }; tato slova se od té doby nezměnila.
comment-fate-moved =
    { $to ->
        [0] Napsáno k revizi { $n }; od té doby přesunuto sem.
       *[other] Napsáno k revizi { $n }; od té doby přesunuto, nyní odstavec { $to }.
    }
comment-fate-changed = Napsáno k revizi { $n }; tento odstavec se změnil.
comment-fate-words-changed = Napsáno k revizi { $n }; tato slova se změnila.
comment-fate-gone = Napsáno k revizi { $n }; tato slova už v textu nejsou.
comment-words-now = Nyní:
comment-words = Slova, o která vám jde
comment-words-hint = Nepovinné. Zkopírujte je z odstavce výše; nevyplníte-li nic, platí připomínka pro celý odstavec.
comment-words-button = Připomínka k těmto slovům
comment-kind = Druh
comment-kind-hint = Nepovinné. Předsedajícímu pomůže s tříděním.
comment-kind-none = Neuvedeno
comment-kind-general = Obecná
comment-kind-substantive = Věcná
comment-kind-editorial = Formulační
comment-proposed = Navržené znění
comment-proposed-field = Znění, které navrhujete
comment-proposed-hint = Nepovinné: jak by text měl znít.
comment-name-somebody = Jmenovat někoho, aby se o tom dozvěděl
comment-name-legend = Lidé s rolí v tomto okruhu
comment-edit = Upravit
comment-edit-hint = Dřívější znění zůstává zapsáno. Čím jménem jste mluvili, se nemění.
comment-save = Uložit nové znění
comment-edited = Upraveno
comment-earlier = dřívější znění
comment-withdraw = Vzít zpět
comment-withdraw-hint = Zůstane zapsána jako vzatá zpět a vypořádat ji už není třeba. Tento krok nelze vrátit.
comment-withdraw-button = Vzít zpět natrvalo
comment-withdrawn = Autor vzal připomínku zpět
comment-withdrawn-words = Co v ní stálo
answer-changed = Provedeno v revizi
answer-changed-hint = Revize, která připomínku svou změnou vypořádala, pokud taková je: ve vypořádání pak budou slova předtím a potom.
answer-changed-in = Co změnila revize { $n }
answer-meanwhile = Mezitím připomínku vypořádal někdo jiný
answer-meanwhile-hint = Z vašeho nebylo zapsáno nic. Zůstává zde níže: nechte být, nebo odešlete znovu a vypořádání tím změňte.
several-title = Vypořádat více připomínek najednou
several-n =
    { $n ->
        [one] Vybrána je jedna připomínka.
        [few] Vybrány jsou { $n } připomínky.
        [many] Vybráno je { $n } připomínky.
       *[other] Vybráno je { $n } připomínek.
    }
several-reason-hint = Každý autor si je přečte u své připomínky.
several-check = Je to tak správně?
several-told =
    { $n ->
        [one] Dozví se to jeden autor, e-mailem i na svém stole.
        [few] Dozvědí se to { $n } autoři, každý o své připomínce, e-mailem i na svém stole.
        [many] Dozví se to { $n } autora, každý o své připomínce, e-mailem i na svém stole.
       *[other] Dozví se to { $n } autorů, každý o své připomínce, e-mailem i na svém stole.
    }
several-to-check = Pokračovat ke kontrole
several-record =
    { $n ->
        [one] Zaznamenat vypořádání
        [few] Zaznamenat { $n } vypořádání
        [many] Zaznamenat { $n } vypořádání
       *[other] Zaznamenat { $n } vypořádání
    }
several-change = Změnit
several-which = Které to jsou
fault-words-missing = Tato slova v odstavci nejsou; zkopírujte je z něj
fault-words-several = Tato slova jsou v odstavci { $n }×; přidejte k nim několik sousedních
fault-chosen-none = Vyberte ve vypořádání aspoň jednu připomínku
fault-chosen-many = Vyberte najednou nejvýše { $n } připomínek
fault-chosen-over = Některé z připomínek byly mezitím vypořádány nebo vzaty zpět; zobrazeny jsou jen ostatní. Zatím není zapsáno nic
conflict-comment-over = Připomínka byla mezitím vypořádána nebo vzata zpět: změnit ji už nelze. Můžete na ni odpovědět.
conflict-comment-withdrawn = Autor vzal připomínku zpět: vypořádat ji není třeba.
conflict-answered = Mezitím připomínku vypořádal někdo jiný. Podívejte se nejprve, jak.
done-comment-edited = Nové znění je uloženo.
done-comment-withdrawn = Vaše připomínka je vzata zpět.
done-disposed-several = Vypořádání jsou zapsána a každý autor se o svém dozví.

## Ledger
ledger-title = Vypořádání připomínek
ledger-caption = Připomínky a pozměňovací návrhy s vypořádáním
ledger-all = Zobrazit vše
ledger-unanswered =
    { $n ->
        [one] Zobrazit { $n } nevypořádanou
        [few] Zobrazit { $n } nevypořádané
        [many] Zobrazit { $n } nevypořádané
       *[other] Zobrazit { $n } nevypořádaných
    }
ledger-none = Zatím žádné připomínky ani pozměňovací návrhy
ledger-from = Od
ledger-on = K čemu
ledger-comment = Co zaznělo
ledger-in-text = V textu
ledger-track-title = Vypořádání v okruhu
ledger-track = Vypořádání v celém okruhu
ledger-filter = Zúžit vypořádání
ledger-filter-button = Zobrazit
ledger-any = Vše
ledger-state = Stav
ledger-state-open = Zatím nevypořádáno
ledger-state-answered = Vypořádáno
ledger-state-contested = Rozporováno
ledger-state-withdrawn = Vzato zpět
ledger-kind-comment = Připomínky
ledger-kind-amendment = Pozměňovací návrhy
ledger-kind-general = Obecné připomínky
ledger-kind-substantive = Věcné připomínky
ledger-kind-editorial = Formulační připomínky
ledger-section = Část
ledger-entries =
    { $n ->
        [one] Jeden záznam
        [few] { $n } záznamy
        [many] { $n } záznamu
       *[other] { $n } záznamů
    }
ledger-none-filtered = Těmto filtrům nic neodpovídá
ledger-pick = Vybrat
ledger-before = Předtím
ledger-after = Potom
ledger-answer-picked = Vypořádat vybrané najednou
ledger-amendment = Pozměňovací návrh { $name }

## Drafting room

pen-title = Pero
pen-bar-free = Pero nikdo nedrží.
pen-bar-mine = Pero držíte vy do { $until } UTC; psaním se doba prodlužuje.
pen-bar-held = Pero drží { $who } ({ $organisation }) do { $until } UTC.
pen-bar-readers = Právě čte: { $names }
pen-bar-link = O peru
pen-bar-newer = Mezitím byla uložena revize { $n }.
pen-bar-newer-link = Zobrazit ji
pen-lede = Píše vždy jen jeden, aby nikdo nepřepsal práci druhého. Ostatní připomínkují, podávají pozměňovací návrhy, nebo si o pero řeknou.
pen-now = Kdo je drží
pen-since = Od
pen-until = Do, nebude-li psát dál
pen-free-hint = Leží volné: vezme si je, kdo otevře editor.
pen-take-button = Vzít pero a psát
pen-edit-button = Psát dál
pen-release-button = Odložit pero
pen-ask-button = Požádat o pero
pen-ask-hint = Držitel se to dozví e-mailem i zde.
pen-asked = O pero jste požádali { $when }.
pen-requests = Kdo o ně požádal
pen-hand = Předat
pen-hand-to = Komu
pen-hand-hint = Zpracovatelům a předsedajícím okruhu. Dozvědí se to e-mailem.
pen-hand-button = Předat
pen-seize = Vzít je držiteli
pen-seize-hint = Když to nesnese odklad. Držitel se to dozví, důvod zde zůstane zapsán a rozepsaný text držitele se zachová.
pen-seize-button = Vzít pero
pen-history = Jak šlo z ruky do ruky
pen-history-none = Zatím je nikdo nedržel.
pen-history-what = Co se stalo
pen-move-taken = Pero si vzal(a) { $to }
pen-move-handed = Pero přešlo od { $from } k { $to }
pen-move-handed-free = Pero dostal(a) { $to }
pen-move-seized = { $to } vzal(a) pero, které držel(a) { $from }
pen-move-released = { $from } odložil(a) pero
pen-elsewhere-title = Právě píše někdo jiný
pen-elsewhere-since = Od { $when }.
pen-elsewhere-hint = Požádejte o pero, nebo si je vezměte a řekněte proč. Psát můžete i tak: až oba uložíte, texty se sloučí a výsledek uvidíte dřív, než začne platit.
pen-elsewhere-take = Vzít si je a uvést důvod
done-pen-asked = Požádali jste o pero.
done-pen-handed = Pero je předáno.
done-pen-taken = Pero držíte vy.
done-pen-released = Odložili jste pero.
conflict-pen-free = Pero nikdo nedrží: otevřete editor a je vaše.
conflict-pen-not-yours = Pero nedržíte, nemůžete je tedy předat. Požádejte o ně, nebo požádejte předsedajícího.

### Working copies
copy-title = Máte neuložený text z { $when }
copy-hint = Je ve formuláři níže. Vidíte ho jen vy a uchová se 30 dní od chvíle, kdy jste naposledy psali.
copy-newer = Od té doby byla uložena revize { $n }: při uložení se obě znění sloučí a výsledek uvidíte dřív, než začne platit.
copy-discard = Zahodit
copy-earlier = Ukázat jiný neuložený text z { $when }
copy-latest = Ukázat zase poslední
copy-keep-button = Odložit a pokračovat později
copy-kept = Uchováno jako vaše pracovní kopie v { $at } UTC, { $words ->
        [one] { $words } slovo
        [few] { $words } slova
        [many] { $words } slova
       *[other] { $words } slov
    }.
copy-same = Toto je revize { $n } tak, jak byla uložena, { $words ->
        [one] { $words } slovo
        [few] { $words } slova
        [many] { $words } slova
       *[other] { $words } slov
    }.
copy-waiting = Zatím neuchováno …
copy-offline = Neuloženo. Není spojení. Uchováno v tomto zařízení.
copy-nowhere = Neuloženo. Není spojení a toto zařízení nic neuchová: než odejdete, text si zkopírujte.
copy-refused = Neuloženo: server text nepřijal. Uchováno v tomto zařízení.
copy-lost = Neuloženo: do tohoto textu už nemůžete psát. Co jste napsali, je uchováno jen pro vás.
copy-lost-link = Získat text zpět
copy-signed-out = Neuloženo. Byli jste odhlášeni. Uchováno v tomto zařízení; tlačítkem „Uložit“ se přihlásíte a text se vrátí.
fault-copy-long = Text je delší než 512 KiB a nelze ho zde uchovat. Uložte ho jako soubor, nebo ho zkraťte.
device-title = Text uchovaný v tomto zařízení, který na server nikdy nedorazil:
device-hint = Liší se od toho, co je ve formuláři. Chcete-li v něm pokračovat, vložte ho tam.
device-use = Vložit do formuláře
done-kept = Uchováno. Vidíte to jen vy; editor vám text vrátí.
done-discarded = Zahozeno.
done-parked = Jste znovu přihlášeni. Váš text je ve formuláři níže a ještě není uložen.
parked-signed-out = Byli jste odhlášeni. Nic z toho, co jste napsali, se neztratilo.
parked-carried = Přihlaste se a text se ukáže tam, kde jste ho psali. Nic se neodešle, dokud to nepotvrdíte.
parked-title = Ještě neodesláno
parked-lede = Když jste toto odesílali ({ $when }), byli jste odhlášeni. Projděte to a odešlete.
parked-send = Odeslat
parked-lost-title = Váš text, který nelze uložit
parked-lost-lede = Psali jste jej do { $when }. Nic se neztratilo: zkopírujte si jej, nebo jej stáhněte.
parked-lost-right = Do tohoto textu už nemáte právo psát. Je-li to omyl, může vám je vrátit předsedající okruhu nebo sekretariát.
parked-lost-stage = Text byl mezitím schválen nebo stažen a nyní se nedá měnit. Schválený může předsedající znovu otevřít.
parked-lost-earlier = Jiný text, který jste tam psali
copy-changes = Ukázat, co mění
copy-changes-title = Co mění v současné revizi
copy-changes-none = Nic: lišit se může název, oddíly jsou stejné.
upload-title = Načíst soubor Markdown
upload-field = Soubor Markdown
upload-hint = Soubor, jak ho Primum exportuje: hlavička, doporučení, pak „## Rationale“ a „## For …“. Než se cokoli uloží, uvidíte, co mění.
upload-button = Načíst
upload-summary = Ze souboru { $name }
upload-refused = Soubor { $name } nelze načíst
upload-line = Řádek { $n }:
upload-none = Nevybrali jste žádný soubor.
upload-no-text = Toto není text v UTF-8.
upload-other = Podle hlavičky je to { $reference }, jiné doporučení.
upload-back = Zpět do editoru
done-uploaded = Text ze souboru je ve formuláři níže. Ještě není uložen.

### Brackets
brackets-title = Závorky
brackets-lede = Na slovech v závorkách zatím není shoda. Text se závorkami nelze označit za schválený ani vydat.
brackets-none = V textu nezbývá žádná závorka
brackets-none-next = Pokud jde o slova, lze jej označit za schválený. Slova, na kterých shoda není, označí zpracovatel hranatými závorkami.
brackets-others = Závorky v ostatních textech okruhu
brackets-count = { $n ->
        [0] V textu nezbývá žádná závorka.
        [one] V textu je { $n } závorka.
        [few] V textu jsou { $n } závorky.
        [many] V textu je { $n } závorky.
       *[other] V textu je { $n } závorek.
    }
brackets-clean = Čistých je { $n } % slov.
brackets-track = { $n ->
        [one] Zbývá { $n } závorka
        [few] Zbývají { $n } závorky
        [many] Zbývá { $n } závorky
       *[other] Zbývá { $n } závorek
    } { $texts ->
        [one] v jediném textu okruhu.
        [few] ve { $texts } textech okruhu.
        [many] v { $texts } textech okruhu.
       *[other] v { $texts } textech okruhu.
    }
brackets-caption = Co je v závorkách a čí jsou
brackets-words = Slova
brackets-where = Kde
brackets-by = Vložil(a)
bracket-since = od revize { $n }
brackets-since = Od
brackets-do = Co můžete udělat
brackets-withdraw = Stáhnout
brackets-withdraw-hint = Lidé z organizace mohou stáhnout závorky, které vložila: nová revize zachová slova bez nich.
brackets-choices = K výběru
brackets-unmatched = Závorka bez protějšku
brackets-line = řádek { $n }
brackets-newer = Nic nebylo staženo: mezitím byla uložena revize { $n }. Podívejte se znovu a pak rozhodněte.
conflict-bracket-gone = Tyto závorky už v textu nejsou. Podívejte se na závorky znovu.
conflict-brackets = Na slovech v závorkách zatím není shoda. Nejdřív vyřešte všechny závorky.
done-bracket-withdrawn = Závorky jsou staženy; slova zůstávají.

### Merging
history-merged = Psáno na revizi { $n }, pak sloučeno
merge-title = Sloučit
merge-clean = Co jste oba změnili, jde dohromady. Projděte to a uložte.
merge-decide = { $n ->
        [one] Na jednom místě jste oba změnili stejná slova: rozhodněte tam. Zbytek jde dohromady.
        [few] Na { $n } místech jste oba změnili stejná slova: rozhodněte každé. Zbytek jde dohromady.
        [many] Na { $n } místech jste oba změnili stejná slova: rozhodněte každé. Zbytek jde dohromady.
       *[other] Na { $n } místech jste oba změnili stejná slova: rozhodněte každé. Zbytek jde dohromady.
    }
merge-kept = Dokud toto neuložíte, máte svůj text také v pracovní kopii.
merge-mine = Změnili jste vy
merge-theirs = Změnil druhý
merge-both = Změnili oba; jde to dohromady
merge-place = Rozhodnutí { $n }
merge-take-theirs = Jako v revizi { $n }
merge-take-mine = Jak jste to napsali vy
merge-take-was = Jak to bylo předtím
merge-take-own = Jinými slovy
merge-own-words = Vaše znění pro rozhodnutí { $n }
merge-removed = Zde odstraněno
merge-was-nothing = Nic zde nestálo.
merge-amend = Místo toho podat mé jako pozměňovací návrhy
merge-amend-hint = Otevře se v novém panelu: než se cokoli odešle, uvidíte každou změnu a připojíte odůvodnění. Zde rozhodněte o textu, jak stojí.
merge-amend-closed = Co jste napsali, lze podat jako pozměňovací návrhy, až bude text otevřen připomínkám. Do té doby rozhodněte zde, nebo si svůj text stáhněte.
merge-amend-late = Lhůta pro pozměňovací návrhy uplynula. Rozhodněte zde, nebo si svůj text stáhněte.
merge-send-title = Vaše změny jako pozměňovací návrhy
merge-send-lede = Z každé vaší změny bude pozměňovací návrh k revizi { $n }. Zvolte, které podat, a napište proč.
merge-send-moved = Od vašeho pohledu přibyla revize { $n }. Nic nebylo podáno: toto jsou vaše změny textu, jak je nyní.
merge-send-none = Není co podat: text zní tak, jak jste jej napsali.
merge-send-pick = Podat
merge-send-whole = Vaše změny v tomto oddílu nelze rozdělit na změny jednotlivých odstavců: { $section }. Zůstávají v pracovní kopii; navrhněte je v textu odstavec po odstavci.
merge-send-heading = Název nelze pozměnit návrhem: váš zůstává v pracovní kopii.
merge-send-more = Toto jsou první změny, nejvýš { $n }; ostatní zůstávají v pracovní kopii.
merge-send-button = Podat zvolené
fault-merge-send = Zvolte alespoň jednu změnu
done-amended-several = Vaše pozměňovací návrhy jsou podány.
merge-whole = Celé sloučené znění
merge-save = Uložit sloučené znění jako revizi { $n }
merge-edit = Otevřít v editoru
merge-download = Stáhnout své znění
merge-later = Rozhodnout později
fault-merge-choose = Zvolte, která slova zde mají stát.

### Editor
edit-outline = Osnova
edit-tools = Formátování
edit-tool-bold = Tučně
edit-tool-italic = Kurzíva
edit-tool-heading = Nadpis
edit-tool-list = Odrážky
edit-tool-numbers = Číslování
edit-tool-quote = Citace
edit-tool-link = Odkaz
edit-tool-table = Tabulka
edit-tool-column = Sloupec
edit-tool-bracket = [Závorka]
edit-preview-empty = Stiskněte „Náhled“ a uvidíte text tak, jak ho uvidí čtenáři.
paste-waiting = Vložený text se převádí na Markdown …
paste-done = Vloženo jako Markdown.
paste-left-out = Vloženo jako Markdown. Vynecháno: { $what }.
paste-images = { $n ->
        [one] { $n } obrázek
        [few] { $n } obrázky
        [many] { $n } obrázku
       *[other] { $n } obrázků
    }
paste-comments = { $n ->
        [one] { $n } poznámka
        [few] { $n } poznámky
        [many] { $n } poznámky
       *[other] { $n } poznámek
    }
paste-deletions = { $n ->
        [one] { $n } sledované odstranění
        [few] { $n } sledovaná odstranění
        [many] { $n } sledovaného odstranění
       *[other] { $n } sledovaných odstranění
    }
paste-colours = barvy
paste-underlines = podtržení

## Amendments

amendments-title = Pozměňovací návrhy
amendments-n =
    { $n ->
        [one] { $n } pozměňovací návrh
        [few] { $n } pozměňovací návrhy
        [many] { $n } pozměňovacího návrhu
       *[other] { $n } pozměňovacích návrhů
    }
amendments-here =
    { $n ->
        [one] K tomuto odstavci čeká { $n } návrh
        [few] K tomuto odstavci čekají { $n } návrhy
        [many] K tomuto odstavci čeká { $n } návrhu
       *[other] K tomuto odstavci čeká { $n } návrhů
    }
amendments-state = Stav
amendments-from = Od koho
amendments-none = Žádné pozměňovací návrhy
amendments-none-hint = Účastníci je mohou podat u kteréhokoli odstavce otevřeného textu.
amendments-gone = { $place }: odstavec už v textu není
amendments-elsewhere = Návrhy k odstavcům, které už v textu nejsou
amendments-more = Další
filter-all = Vše
amendment-n = Pozměňovací návrh A{ $n }
amendment-open = Otevřít
amendment-block = Pozměnit
amendment-block-on =
    { $n ->
        [0] tento nadpis či poznámka
       *[other] odstavec { $n }
    }
amendment-new = Pozměnit tento odstavec
amendment-new-start = Vložit na začátek tohoto oddílu
amendment-new-section = Navrhnout text tohoto oddílu
amendment-start = Vložit na začátek
amendment-section = Navrhnout text
sections-absent = Oddíly bez textu
amendment-what = Co návrh dělá
amendment-do-replace = Nahradit
amendment-do-insert = Vložit za
amendment-do-delete = Vypustit
amendment-verb-replace = Nahrazuje odstavec
amendment-verb-insert = Vkládá za odstavec
amendment-verb-delete = Vypouští odstavec
amendment-verb-start = Vkládá na začátek oddílu
amendment-state-waiting = Čeká na vypořádání
amendment-state-stale = Už neodpovídá textu
amendment-state-answered = Vypořádán
amendment-state-withdrawn = Stažen autorem
amendment-compromise = Kompromis
amendment-by-chair = za předsedajícího
amendment-no-change = Text už takto zní, není co měnit.
amendment-present = Odstavec, jak zní
amendment-wording = Vaše znění
amendment-wording-hint = Upravte slova tak, jak mají znít. Co necháte, zůstane.
amendment-wording-insert = Vkládaná slova
amendment-wording-insert-hint = Stanou se samostatným odstavcem nebo položkou seznamu.
amendment-reason-hint = Proč: čte je předsedající i všichni, kdo mají v okruhu roli.
amendment-check = Ukázat, co změní
amendment-check-title = Navrhujete toto?
amendment-propose = Podat návrh
amendment-change = Ještě upravit
amendment-others-here = Další návrhy k témuž odstavci
amendment-similar = { $name } ({ $who }) říká téměř totéž
amendment-similar-hint = Dva stejné návrhy váží méně než jeden se dvěma jmény.
amendment-moved-title = Text se mezitím změnil. Nic se neztratilo.
amendment-moved-fits = Mezitím přibyla revize { $n }. Vaše znění se na ni dalo přenést bez střetu; podívejte se prosím ještě jednou.
amendment-moved-clash = Revize { $n } změnila stejná slova. Zde vidíte, co se změnilo, vaše znění je v poli: přizpůsobte je nynějšímu textu.
amendment-moved-again = Mezitím přibyla další revize. Vaše znění zůstalo; porovnejte je s nynějším textem.
amendment-stale-title = Už neodpovídá textu
amendment-stale-text = Pozdější revize změnila slova, která mění tento návrh. Navrhovatel jej má přepracovat, nebo stáhnout.
amendment-stale-gone = Pozdější revize odstranila odstavec, který tento návrh mění. Navrhovatel jej může stáhnout a podat jiný jinde.
amendment-adapt = Přepracovat na nynější text
amendment-adapt-title = Návrh A{ $n } na nynějším textu
amendment-adapt-lede = Stejná slova jste změnili vy i pozdější revize. Nic se neztratilo, obojí je zde. Napište, jak má odstavec znít nyní.
amendment-adapt-yours = Co jste změnili vy
amendment-adapt-theirs = Co se od té doby změnilo v textu
amendment-adapt-preview = Takto by nyní zněl
amendment-adapt-hint = Je zde vaše dřívější znění; převezměte z nynějšího textu, co má zůstat.
amendment-adapt-delete = Navrhli jste vypustit tento odstavec a jeho slova se změnila. Chcete jej stále vypustit?
amendment-adapt-save = Uložit na nynější text
amendment-reword = Změnit jeho znění nebo odůvodnění
amendment-reason = Změnit jeho odůvodnění
amendment-reword-title = Jiné znění návrhu A{ $n }
amendment-reason-title = Jiné odůvodnění návrhu A{ $n }
amendment-reword-lede = Zatím na něj nikdo neodpověděl, a tak můžete změnit, co navrhujete a proč. Dosavadní podoba zůstane v záznamu.
amendment-reword-co-sponsors =
    { $n ->
        [one] K němu, jak nyní zní, se připojila { $n } organizace. Dozví se o změně a může své připojení odvolat.
        [few] K němu, jak nyní zní, se připojily { $n } organizace. Dozvědí se o změně a mohou své připojení odvolat.
        [many] K němu, jak nyní zní, se připojilo { $n } organizace. Dozvědí se o změně a mohou své připojení odvolat.
       *[other] K němu, jak nyní zní, se připojilo { $n } organizací. Dozvědí se o změně a mohou své připojení odvolat.
    }
amendment-reword-yours = Co navrhujete nyní
amendment-reword-save = Uložit změnu
amendment-reason-save = Uložit nové odůvodnění
amendment-as-proposed = Jak byl původně podán
amendment-applied-in = Slova, která změnil v revizi { $n }
amendment-fell-to = Padl s kompromisem
amendment-steps = Jeho cesta
amendment-next = Co můžete udělat
amendment-undo = Vzít zpět odpověď na A{ $n }
amendment-undo-hint = Co odpověď změnila, se obnoví jako nová revize, a co předtím čekalo, čeká znovu. Kdo se o odpovědi dozvěděl, dozví se i o tomto.
amendment-withdraw = Stáhnout
amendment-withdraw-hint = V záznamu zůstane jako stažený vámi, což platí za vypořádání.
step-proposed = Podán k revizi { $n }
step-rebased = Přenesen na revizi { $n }
step-stale = Přestal odpovídat revizi { $n }
step-adapted = Přepracován na revizi { $n }
step-reworded = Navrhovatel změnil znění, k revizi { $n }
step-reasoned = Navrhovatel změnil odůvodnění, k revizi { $n }
step-wording = Znění
step-reason = Odůvodnění
step-wording-and-reason = Znění a odůvodnění
step-restored = Obnoven, jak stál, na revizi { $n }
step-answered = Vypořádán: { $disposition }
step-undone = Odpověď byla vzata zpět
clash-compatible = ({ $who }) lze přijmout vedle tohoto.
clash-same = ({ $who }) mění totéž.
clash-collides = ({ $who }) mění stejná slova: přijetím jednoho přijde druhý o svůj text.
co-sponsors-title = Spolupředkladatelé
co-sponsors-none = Žádná další organizace se k němu zatím nepřipojila.
co-sponsored-by = Spolupředkládají
co-sponsor-instead = Raději se připojit
co-sponsor-on-record = Připojením vstupuje vaše organizace do záznamu: bude u návrhu jmenována bez ohledu na pravidlo okruhu o uvádění autorů, i mimo okruh.
co-sponsor-button = Připojit se za { $organisation }
co-sponsor-leave = Odvolat připojení: { $organisation }
co-sponsor-earlier = (připojeno před přepracováním)
co-sponsor-reworded = Znění se změnilo poté, co se vaše organizace připojila. Přečtěte si je, a pokud je už nepodporujete, připojení odvolejte.
co-sponsor-reasoned = Odůvodnění se změnilo poté, co se vaše organizace připojila. Přečtěte si je, a pokud návrh už nepodporujete, připojení odvolejte.
co-sponsors-are-told = Spolupředkladatelé se to dozvědí.
answer-title = Odpovědět na návrh A{ $n }
answer-newer = Od vašeho pohledu přibyla revize { $n }. Nic nebylo vypořádáno.
answer-moved = Návrh vidíte, jak stojí na nynějším textu. Podívejte se ještě jednou a rozhodněte.
answer-over = Mezitím na něj odpověděl někdo jiný, nebo jej autor stáhl
answer-over-hint = Z vašeho se nic nezaznamenalo. Zde vidíte, jak je vypořádán; co jste napsali, je níže, abyste si to mohli zkopírovat.
answer-text = Znění přijaté do textu
answer-text-hint = Ponecháte-li je, přijímá se návrh, jak byl podán. Úpravou jej přijmete zčásti.
answer-reason-hint = Je potřeba, pokud návrh nepřijímáte celý. Čte je autor i všichni, kdo mají v okruhu roli.
consolidation-title = Sestavit text
consolidation-all = Všechny pozměňovací návrhy
consolidation-nav = Odstavce s návrhy
consolidation-where = Odstavec { $n } z { $total } s návrhy
consolidation-previous = Předchozí odstavec
consolidation-next = Další odstavec
consolidation-keys = Klávesy: přístupová klávesa prohlížeče s N a P.
consolidation-running = Průběžný text, revize { $n }
consolidation-section = Celý oddíl, jak nyní zní
consolidation-none = Žádný návrh nečeká na vypořádání
consolidation-none-hint = Až nějaký přibude, najdete jej zde, odstavec po odstavci.
compromise-title = Kompromisní znění
compromise-lede = Napište jedno znění místo navržených a určete, které návrhy s jeho přijetím padají. Jejich autoři se to dozvědí.
compromise-write = Napsat kompromisní znění
compromise-wording = Kompromis
compromise-falls = Co s ním padá
compromise-none-wait = K tomuto odstavci žádný jiný návrh nečeká.
compromise-fall-means = Každý je vypořádán jako nepřijatý, s odůvodněním, které kompromis jmenuje; autor se to dozví a může to rozporovat.
compromise-check-title = Je toto kompromis?
compromise-will-fall = Jeho přijetím padají
compromise-would-fall = Padly by s ním:
compromise-fell = Padly s ním
compromise-none-fall = Žádný návrh s ním nepadá.
compromise-put-forward = Předložit
compromise-adopt = Přijmout hned
history-amendment = Pozměňovací návrh A{ $n }, podal(a)
history-amendment-undone = (mezitím vzat zpět)
desk-amendments =
    { $n ->
        [one] Vypořádat { $n } pozměňovací návrh k { $reference }
        [few] Vypořádat { $n } pozměňovací návrhy k { $reference }
        [many] Vypořádat { $n } pozměňovacího návrhu k { $reference }
       *[other] Vypořádat { $n } pozměňovacích návrhů k { $reference }
    }
desk-amendment-stale = Váš návrh { $name } k { $reference } už neodpovídá textu
desk-amendment-stale-why = Text změnil stejná slova. Přepracujte jej, nebo stáhněte.
fault-amendment-empty = Napište nové znění, nebo zvolte Vypustit
fault-amendment-same = Znění je stejné jako text: něco změňte
fault-amendment-deadline = Lhůta pro připomínky a návrhy uplynula. Váš text zde zůstal: zkopírujte jej a napište předsedajícímu.
fault-amendment-not-open = Text není otevřen připomínkám a návrhům. Váš text zde zůstal: zkopírujte jej.
fault-amendment-stale = Už neodpovídá textu: navrhovatel jej musí nejdřív přepracovat
fault-amendment-edited = Znění jste změnili: zvolte „Přijato zčásti“
fault-amendment-whole = Znění je stejné, jak bylo podáno: upravte je, nebo zvolte „Přijato“
fault-amendment-as-before = Toto už návrh říká: něco změňte
fault-amendment-reworded = Od chvíle, kdy jste se dívali, jej navrhovatel změnil. Nic nebylo vypořádáno: přečtěte si, jak zní nyní, a pak rozhodněte
fault-amendment-falls = Některý z nich byl mezitím vypořádán nebo stojí jinde: podívejte se ještě jednou
conflict-amendment-answered = Mezitím byl vypořádán nebo stažen. Otevřete návrh a podívejte se jak.
conflict-amendment-unanswered = Nemá odpověď, kterou by šlo vzít zpět.
conflict-amendment-fits = Textu odpovídá, není co přizpůsobovat.
conflict-amendment-gone = Odstavec už v textu není. Vraťte se k návrhu a pozměňte jej, jak nyní zní.
conflict-amendment-stale = Už neodpovídá textu. Navrhovatel jej musí nejdřív přepracovat.
conflict-amendment-deadline = Lhůta pro připomínky a návrhy uplynula.
conflict-amendment-own = Je to už návrh vaší organizace.
conflict-undo-late = Na této odpovědi stojí pozdější revize, proto ji nelze vzít zpět. Upravte text, nebo změnu podejte jako pozměňovací návrh.
done-amended = Váš pozměňovací návrh je podán.
done-amendment-withdrawn = Návrh je stažen.
done-amendment-adapted = Návrh znovu stojí na nynějším textu.
done-amendment-reworded = Nové znění je uloženo; to dosavadní najdete na jeho cestě.
done-amendment-reasoned = Nové odůvodnění je uloženo; to dosavadní najdete na jeho cestě.
done-amendment-taken = Je v textu jako nová revize a autor se to dozvěděl.
done-amendment-undone = Odpověď je vzata zpět; návrh znovu čeká.
done-co-sponsored = Vaše organizace je v záznamu jako spolupředkladatel.
done-co-sponsor-left = Vaše organizace už není spolupředkladatelem.
done-compromise-put = Kompromis je předložen.
done-compromise-adopted = Kompromis je v textu a autoři padlých návrhů se to dozvěděli.

## Contests and queue
contest-title = Rozporovat vypořádání
contest-hint = Rozporovat je můžete jednou, do { $until }. Předsedající odpoví veřejně v okruhu; do té doby nelze text schválit.
contest-body = Proč má být vypořádání jiné
contest-button = Rozporovat
contest-by = Autor vypořádání rozporuje
contest-answered = Odpověď
contest-unanswered = Na rozpor zatím nikdo neodpověděl
contest-answer-title = Odpovědět na rozpor
contest-answer-hint = Přečtou si to všichni s rolí v okruhu. Má-li být vypořádání jiné, změňte i je.
contest-answer-body = Vaše odpověď
contest-answer-button = Zaznamenat odpověď
stage-contest = Rozporování
stage-contest-hint = Autor může vypořádání v této lhůtě jednou rozporovat; vy odpovíte a odpověď se zapíše. 0: nelze vůbec.
stage-contest-days = Dní
stage-agree-contested =
    { $n ->
        [one] Jeden autor vypořádání rozporuje a čeká na odpověď; do té doby nelze text schválit.
        [few] { $n } rozpory čekají na odpověď; do té doby nelze text schválit.
        [many] { $n } rozporu čeká na odpověď; do té doby nelze text schválit.
       *[other] { $n } rozporů čeká na odpověď; do té doby nelze text schválit.
    }
fault-contest-days = Zadejte celý počet dní od 0 do { $n }
conflict-contested = Některý autor vypořádání rozporuje. Odpovězte na všechny rozpory a pak text schvalte.
conflict-contested-before = Toto vypořádání jste už rozporovali; lze to jen jednou.
conflict-contest-late = Lhůta k rozporování uplynula.
conflict-contest-nothing = Není co rozporovat.
conflict-contest-answered = Na rozpor mezitím někdo odpověděl.
done-contested = Vypořádání je rozporováno a předsedající se o tom dozví.
done-contest-answered = Vaše odpověď je zapsána a autor se o ní dozví.
done-contest-days = Uloženo.
queue-title = Co čeká
queue-lede = Co na vás čeká jako na předsedajícím nebo zpracovateli, od nejstaršího.
queue-start = Začít nejstarším
queue-since = čeká od
queue-at = { $at }. z { $of } čekajících
queue-comment = { $reference }: vypořádat připomínku – { $who }
queue-contest = { $reference }: vypořádání rozporuje { $who }
queue-amendment = { $reference }: vypořádat pozměňovací návrh { $name } – { $who }
queue-stale = { $reference }: váš pozměňovací návrh { $name } už textu neodpovídá
queue-pen = { $reference }: o pero žádá { $who }
queue-more = Je toho víc: další se objeví, jak budete postupovat.
queue-keys-on = Klávesy J a K: zapnuto
queue-keys-off = Klávesy J a K: vypnuto
queue-link =
    { $n ->
        [one] Čeká jedna věc
        [few] Čekají { $n } věci
        [many] Čeká { $n } věci
       *[other] Čeká { $n } věcí
    }

## Exchange of the ledger
ledger-files = Vypořádání jako soubor
ledger-files-inside = Pro ty, kdo mají v okruhu roli: s organizací u každého příspěvku. Lze je vyplnit bez připojení a vrátit.
ledger-files-outside = K předání dál: jména podle pravidla okruhu, bez identifikátorů a časů, v pořadí textu.
ledger-xlsx = Tabulka (XLSX) pro okruh
ledger-csv = Tabulka (CSV) pro okruh
ledger-xlsx-outside = Tabulka (XLSX) k předání dál
ledger-csv-outside = Tabulka (CSV) k předání dál
ledger-file-title = { $name }: vypořádání připomínek
ledger-import = Vrátit vyplněnou tabulku
import-title = Nahrát vypořádání
import-lede = Stáhněte si vypořádání jako soubor, vyplňte je, kde zrovna jste, a nahrajte je zpátky. Nejprve uvidíte, co by který řádek udělal; dokud to nepotvrdíte, neplatí nic.
import-rule-answers = Řádek s identifikátorem nese vaše vypořádání a odůvodnění příslušné připomínky.
import-rule-comments = Řádek bez identifikátoru se stane novou připomínkou jménem organizace
import-rule-older = Řádek ke starší revizi se přiřadí tam, kde jeho slova stojí nyní, nebo se dozvíte, že v textu už nejsou.
import-file = Soubor
import-file-hint = XLSX nebo CSV se sloupci vypořádání, nejvýše 1 000 řádků.
import-look = Ukázat, co by udělal
import-confirm = Nahrát tyto řádky
import-again = Vybrat jiný soubor
import-would = Vypořádání: { $answers }. Nové připomínky: { $comments }.
import-would-not = Nic nového v řádcích: { $same }; nahrát nelze: { $left }, u každého stojí proč.
import-done = Nahráno: vypořádání { $answers }, nové připomínky { $comments }. Mezitím vynecháno: { $left }.
import-report = Co by který řádek udělal
import-row = Řádek
import-outcome = Co by udělal
import-answer = Vypořádání: { $disposition }
import-answer-changed = Změna vypořádání z „{ $before }“ na „{ $disposition }“
import-comment = Nová připomínka
import-comment-older = Nová připomínka; slova z revize { $n } se nezměnila
import-comment-moved = Nová připomínka; slova z revize { $n } se od té doby přesunula
import-comment-changed = Nová připomínka; slova z revize { $n } se od té doby změnila a bude to u ní stát
import-same = Nic nového
fault-import-choose = Vyberte soubor
fault-import-unreadable = Tento soubor neumíme přečíst; uložte jej jako XLSX nebo jako CSV v UTF-8
fault-import-columns = V prvním řádku chybí názvy sloupců; vyjděte ze souboru, který nabízí vypořádání
fault-import-many = Tabulka má nejvýše { $n } řádků; rozdělte ji
fault-import-large = Tabulka je příliš velká; rozdělte ji
fault-import-nothing = V tabulce není co nahrát
fault-import-twice = Totéž žádá jiný řádek
fault-import-other-text = Řádek patří k jinému doporučení
fault-import-unknown = Připomínku s tímto identifikátorem text nemá
fault-import-withdrawn = Autor vzal připomínku zpět
fault-import-not-chair = Připomínky vypořádává jen předsedající
fault-import-disposition = Vypořádání není žádné z pěti slov
fault-import-observations = Vypořádání potřebuje odůvodnění, nejvýše 4 000 znaků
fault-import-empty = Nová připomínka potřebuje svá slova
fault-import-revision = Taková revize není
fault-import-kind = Druh je ge, te nebo ed
fault-import-long = Připomínka nebo navržené znění jsou příliš dlouhé
fault-import-words = Tato slova v odstavci nejsou, nebo jsou v něm víckrát
fault-import-place = Taková část nebo odstavec tu není
fault-import-closed = Text není otevřen k připomínkám
fault-import-gone = Jeho slova už v textu nejsou
done-imported = Řádky jsou nahrány.

## Secretariat
secretariat-title = Sekretariát
secretariat-lede = Co potřebuje vaši pozornost a cesta ke všemu, co spravujete.
secretariat-areas = Oblasti sekretariátu
secretariat-overview = Přehled
secretariat-attention = Vyžaduje pozornost
secretariat-nothing = Nic na vás nečeká.
secretariat-nothing-next = Každý okruh má předsedajícího, všechny pozvánky jsou vyřízené a žádná pošta neuvázla.
secretariat-no-chair = { $reference } nemá předsedajícího: někoho pozvěte
secretariat-no-chair-why = Do té doby tam předsedáte vy a záznam to uvádí. Roli člena můžete změnit na jeho stránce.
secretariat-edition = Vydání rozpracované od { $day }
secretariat-edition-why = Zatím nevydáno. Naposledy změněno { $day }.
secretariat-invitations =
    { $n ->
        [one] { $n } pozvánka čeká na odpověď
        [few] { $n } pozvánky čekají na odpověď
        [many] { $n } pozvánky čeká na odpověď
       *[other] { $n } pozvánek čeká na odpověď
    }
secretariat-invitations-why = Byly odeslány a stále je lze přijmout.
secretariat-expired =
    { $n ->
        [one] { $n } pozvánka vypršela bez odpovědi
        [few] { $n } pozvánky vypršely bez odpovědi
        [many] { $n } pozvánky vypršelo bez odpovědi
       *[other] { $n } pozvánek vypršelo bez odpovědi
    }
secretariat-expired-why = Pošlete je znovu na další dva týdny.
secretariat-mail =
    { $n ->
        [one] { $n } zpráva čeká na odeslání
        [few] { $n } zprávy čekají na odeslání
        [many] { $n } zprávy čeká na odeslání
       *[other] { $n } zpráv čeká na odeslání
    }
secretariat-mail-slow = Poštovní server je zatím nepřevzal; Primum to zkouší dál samo.
secretariat-mail-unset = Nikdo neřekl, jak se má pošta odesílat: spusťte Primum s --smtp-url a --mail-from.
secretariat-failed =
    { $n ->
        [one] { $n } zprávu se nepodařilo doručit
        [few] { $n } zprávy se nepodařilo doručit
        [many] { $n } zprávy se nepodařilo doručit
       *[other] { $n } zpráv se nepodařilo doručit
    }
secretariat-failed-why = Primum to v posledních dvou týdnech vzdalo. Komu byly určeny, najdete níže.
secretariat-failed-table = Zprávy, které se v posledních dvou týdnech nepodařilo doručit
secretariat-failed-what = Zpráva
secretariat-failed-to = Komu
secretariat-failed-when = Vzdáno
secretariat-failed-fault = Co řekl poštovní server
secretariat-workshops-note = Setkání okruhů: kdy, kde a s jakým programem.
secretariat-editions-note = Vyberte schválená doporučení, podívejte se, co jim brání, a vydejte je.
notice-kind-invitation = Pozvánka
notice-kind-reset = Nové heslo
notice-kind-opened = Text otevřen k připomínkám
notice-kind-answered = Vypořádání připomínky
notice-kind-replied = Odpověď na připomínku
notice-kind-agreed = Text schválen
notice-kind-published = Nové vydání
notice-kind-mentioned = Zmínka v připomínce
notice-kind-amendment-answered = Vypořádání pozměňovacího návrhu
notice-kind-amendment-reopened = Odpověď na pozměňovací návrh vzata zpět
notice-kind-amendment-stale = Pozměňovací návrh, který už nesedí
notice-kind-amendment-withdrawn = Stažení spolupředkládaného návrhu
notice-kind-amendment-reworded = Nové znění nebo odůvodnění spolupředkládaného návrhu
notice-kind-contested = Rozporování vypořádání
notice-kind-contest-answered = Odpověď na rozpor
notice-kind-pen-asked = Žádost o pero
notice-kind-pen-handed = Předání pera
notice-kind-pen-taken = Odebrání pera
people-title = Lidé
people-note = Všichni, kdo mají účet, co smějí a odkud jsou.
people-table = Lidé podle jména
people-none = Nikdo zatím nemá účet.
people-none-next = Pozvěte prvního; účet vznikne přijetím pozvánky.
person-name = Jméno
person-roles = Role
person-roles-note = Každá role zahrnuje ty předchozí: předsedající smí psát návrhy, zpracovatel připomínkovat, účastník číst. Změna platí od dalšího kliknutí dotyčného.
person-roles-save = Uložit role
person-no-role = Bez role
person-disabled = Zablokován
person-since = Od
person-secretariat-hint = Čte vše; zve lidi, plánuje workshopy, sestavuje a zveřejňuje vydání.
person-disable = Zablokovat tento účet
person-disable-note = Dotyčný bude ihned odhlášen a nepřihlásí se. Co napsal, zůstane, a jeho role také.
person-enable = Znovu povolit tento účet
person-disabled-since = Zablokován od
person-enable-note = Dotyčný se bude moci znovu přihlásit svým heslem a bude mít role uvedené výše.
organisations-title = Organizace
organisations-note = Za koho lidé mluví. Každá patří do jedné skupiny aktérů.
organisations-table = Organizace podle názvu
organisations-none = Zatím tu není žádná organizace.
organisations-none-next = Přidejte ji, nebo novou pojmenujte, až budete zvát lidi.
organisation-new = Nová organizace
organisation-name = Název
organisation-name-hint = Celý, jak má stát u toho, co organizace říká.
organisation-group = Skupina aktérů
organisation-group-hint = Před schválením textu se ověřuje vyváženost mezi skupinami.
organisation-state = Stát
organisation-state-hint = Jen u státní správy: dvoupísmenný kód (ISO 3166-1), například CZ.
organisation-people = Lidé
invitations-title = Pozvánky
invitations-note = Každá míří na jednu adresu, k jedné roli, a do dvou týdnů ji lze jednou přijmout.
invitations-table = Pozvánky od nejnovější
invitations-none = Zatím nikdo nebyl pozván.
invitations-none-next = Zvěte lidi po jednom, nebo vložte celý seznam adres.
invitation-new = Pozvat lidi
invitation-new-lede = Všichni na seznamu dostanou stejnou roli, každý vlastní zprávou.
invitation-title = Jste zváni
invitation-lede-track = Sekretariát vás zve k účasti v okruhu tohoto programu.
invitation-lede-secretariat = Jste zváni do sekretariátu tohoto programu.
invitation-programme = Program
invitation-role = Role
invitation-until = Přijměte do
invitation-new-account = Založte si účet
invitation-email-hint = Přihlašovat se budete adresou, na kterou pozvánka přišla.
invitation-create = Přijmout a založit účet
invitation-accept = Přijmout pozvánku
invitation-sign-in = K této adrese už účet existuje. Pro přijetí se přihlaste; vrátíte se na tuto stránku.
invitation-sign-in-button = Přihlásit se a přijmout
invitation-other = Tato pozvánka přišla na jinou adresu. Teď používáte účet
invitation-other-next = Chcete-li ji přijmout, odhlaste se, znovu otevřete odkaz ze zprávy a přihlaste se adresou uvedenou výše.
invitation-over = Tato pozvánka už neplatí
invitation-over-why = Byla použita, zrušena nebo vypršela, případně její adresa není celá.
invitation-over-next = Pokud jste ji už přijali, přihlaste se. Jinak odpovězte na zprávu, ve které přišla, nebo požádejte sekretariát, aby ji poslal znovu.
invitation-sent = Pozváno
invitation-standing = Stav
invitation-actions = Akce
invitation-waiting = Čeká
invitation-until-day = do
invitation-accepted = Přijata
invitation-revoked = Zrušena
invitation-expired = Vypršela
invitation-mail-unsent = Zatím neodeslána
invitation-mail-failed = Nedoručena
invitation-resend = Poslat znovu
invitation-revoke = Zrušit
invite-done =
    { $n ->
        [one] Byl pozván { $n } člověk
        [few] Byli pozváni { $n } lidé
        [many] Bylo pozváno { $n } člověka
       *[other] Bylo pozváno { $n } lidí
    }
invite-refused =
    { $n ->
        [one] { $n } adresu se nepodařilo pozvat
        [few] { $n } adresy se nepodařilo pozvat
        [many] { $n } adresy se nepodařilo pozvat
       *[other] { $n } adres se nepodařilo pozvat
    }
invite-addresses = E-mailové adresy
invite-addresses-hint = Po jedné na řádek nebo oddělené čárkami; lze vložit i seznam zkopírovaný z poštovního programu.
invite-organisation-hint = Ta, ke které všichni patří. Není v seznamu? Pojmenujte ji níže.
invite-new-organisation = Nová organizace
invite-role-hint = Sekretariát slouží celému programu; každá jiná role je v jednom okruhu.
invite-track-hint = U sekretariátu není potřeba.
invite-language = Jazyk zprávy
invite-password-hint = Potřebujete ho, jen zvete-li někoho do sekretariátu.
invite-button = Odeslat pozvánky
track = Okruh
tracks-title = Okruhy
tracks-note = Na čem program pracuje; každý okruh má své lidi, texty a workshopy.
tracks-table = Okruhy v jejich pořadí
tracks-full = Všech osm barev je obsazeno, další okruh už přidat nelze.
tracks-none = Zatím tu není žádný okruh.
tracks-none-next = Založte ho; doporučení, workshopy i role patří k okruhu.
track-new = Nový okruh
track-name = Název
track-summary = Shrnutí
track-summary-hint = Jedna nebo dvě věty pod názvem na veřejných stránkách.
track-slug = Adresa
track-slug-hint = Malá písmena bez diakritiky, číslice a spojovníky, například incident-response. Nikdy se nemění.
track-reference = Značka
track-reference-hint = Tři písmena, kterými začínají značky textů, například RES. Nikdy se nemění.
track-mark = Barva a tvar
track-mark-hint = Ty, které nemá žádný jiný okruh.
track-fixed = Adresa, značka, barva ani tvar se nikdy nemění.
track-rule = Pravidlo uvádění autorů
track-rule-hint = Jak se přispěvatelé uvádějí mimo okruh. Lze ho zpřísnit, nikdy uvolnit: lidé pod ním mluvili.
track-no-chair = Nikdo
texts-fall-back = Místo prázdného pole se ukáže anglický text, označený jako anglický.
shape-circle = Kruh
shape-triangle = Trojúhelník
shape-square = Čtverec
shape-diamond = Kosočtverec
shape-pentagon = Pětiúhelník
shape-hexagon = Šestiúhelník
shape-star = Hvězda
shape-bar = Pruh
settings-title = Nastavení
settings-note = Vlastní slova programu, jak je čte veřejnost.
settings-programme = Program
settings-name = Název
settings-tagline = Podtitul
settings-tagline-hint = Jedna věta na úvodní stránce.
settings-intro = Úvod
settings-intro-hint = Markdown: prázdný řádek začíná odstavec, [slova](adresa) tvoří odkaz.
settings-audiences = Skupiny čtenářů
settings-audiences-hint = Pro koho se doporučení píší. Jejich adresy se nemění; starší soubory si ponechají názvy své doby.
settings-audience-name = Název
settings-audience-reader = Jak čtenáře oslovit
settings-audience-reader-hint = Začíná větu: „Pokud tvoříte veřejné politiky“.
settings-audience-summary = Kdo to je
audit-title = Protokol
audit-note = Kdo co udělal a kdy. Řádky nelze měnit; neobsahují texty ani jména, ta se dohledávají jen pro vás.
audit-table = Co se stalo, od nejnovějšího
audit-none = Zatím se nic nestalo.
audit-none-next = Každá změna tu zanechá řádek.
audit-when = Kdy
audit-who = Kdo
audit-what = Co
audit-about = Čeho se to týká
audit-track = Okruh
audit-acting = v zastoupení předsedajícího
audit-erased = Vymazaný účet
audit-visitor = Nepřihlášený
audit-command-line = Příkazový řádek
audit-unpublished = rozpracované
audit-verb-set-up = Zřízení
audit-verb-signed-in = Přihlášení
audit-verb-signed-out = Odhlášení
audit-verb-invited = Pozvání
audit-verb-resent = Opětovné odeslání
audit-verb-revoked = Zrušení
audit-verb-accepted = Přijetí
audit-verb-reset-asked = Žádost o nové heslo
audit-verb-password-changed = Změna hesla
audit-verb-changed = Změna
audit-verb-created = Vytvoření
audit-verb-role-given = Přidělení role
audit-verb-role-taken = Odebrání role
audit-verb-disabled = Zablokování
audit-verb-enabled = Povolení
audit-verb-revised = Nová revize
audit-verb-opened = Otevření k připomínkám
audit-verb-closed = Uzavření připomínek
audit-verb-commented = Připomínka
audit-verb-replied = Odpověď
audit-verb-disposed = Vypořádání
audit-verb-agreed = Schválení
audit-verb-reopened = Znovuotevření
audit-verb-withdrew = Stažení
audit-verb-published = Vydání
audit-verb-imported = Import
audit-verb-edited = Úprava
audit-verb-amended = Pozměňovací návrh
audit-verb-co-sponsored = Připojení k návrhu
audit-verb-co-sponsor-left = Odstoupení od návrhu
audit-verb-rebased = Převedení na současný text
audit-verb-undone = Vrácení rozhodnutí
audit-verb-contested = Rozporování
audit-verb-contest-answered = Odpověď na rozpor
audit-verb-pen-taken = Převzetí pera
audit-verb-pen-handed = Předání pera
audit-verb-pen-seized = Odebrání pera
audit-verb-pen-released = Odložení pera
audit-verb-pen-asked = Žádost o pero
audit-verb-bracket-withdrawn = Stažení závorky
audit-object-account = Účet
audit-object-organisation = Organizace
audit-object-invitation = Pozvánka
audit-object-track = Okruh
audit-object-programme = Program
audit-object-audience = Skupina čtenářů
audit-object-recommendation = Doporučení
audit-object-comment = Připomínka
audit-object-workshop = Workshop
audit-object-edition = Vydání
audit-object-session = Relace
audit-object-amendment = Pozměňovací návrh
audit-object-contest = Rozpor
fault-state = Zadejte dvoupísmenný kód státu, například CZ
fault-state-group = Stát má jen státní správa; nechte pole prázdné, nebo zvolte jinou skupinu
fault-organisation-taken = Organizace tohoto názvu už existuje
fault-organisation-which = Vyberte organizaci, nebo pojmenujte novou
fault-organisation-both = Vyberte ze seznamu, nebo pojmenujte novou, ne obojí
fault-name-twice = Tento název má jiná skupina čtenářů
fault-slug = Použijte 2 až 40 malých písmen bez diakritiky, číslic a spojovníků mezi nimi
fault-slug-taken = Tuto adresu má jiný okruh
fault-track-reference = Použijte přesně tři písmena od A do Z
fault-reference-taken = Tato písmena má jiný okruh
fault-rule-loosened = Pravidlo lze jen zpřísnit
fault-role-held = Tuto nebo vyšší roli už má
fault-invited-already = Pozvánku k tomu už má; pošlete ji znovu ze seznamu
fault-addresses-many = Pozvěte najednou nejvýše { $n } lidí
fault-addresses-none = Žádnou z těchto adres se nepodařilo pozvat; důvody jsou nad formulářem
fault-addresses-some = Některé adresy se nepodařilo pozvat; zůstaly tu a důvody jsou nad formulářem
conflict-own-standing = Váš vlastní účet může zablokovat jen někdo jiný ze sekretariátu.
done-organisation-created = Organizace je přidána.
done-organisation-saved = Organizace je uložena.
done-track-created = Okruh je založen. Teď pozvěte jeho předsedajícího.
done-track-saved = Okruh je uložen.
done-settings-saved = Nastavení je uloženo; veřejné stránky ho ukazují hned.
done-roles = Role jsou uloženy.
done-account-disabled = Účet je zablokován a všude odhlášen.
done-account-enabled = Účet je povolen.
done-invited = Pozvánky jsou připraveny a jejich zprávy právě odcházejí.
done-invitation-resent = Pozvánka je odeslána znovu.
done-invitation-revoked = Pozvánka je zrušena; její odkaz už neplatí.
done-invitation-accepted = Role je vaše. Vítejte.
done-welcome = Vítejte. Váš účet je založen a jste přihlášeni.

## Workshops
workshops-lede = Na workshopech se v okruzích připravují návrhy. Tady najdete, kdy a kde se konají a o čem budou.
workshops-language = Názvy a programy jsou v angličtině.
workshops-coming = Nadcházející
workshops-none-coming = Žádný workshop není ohlášen.
workshops-none-coming-next = Další se tu objeví, jakmile budou mít datum.
workshops-past = Uplynulé
workshop-when = { $weekday } { $when }
workshop-is-coming = Nadcházející
workshop-is-past = Uplynulý
workshop-hours = Kdy
workshop-hours-utc = V čase UTC
workshop-place = Místo
workshop-where = Kde
workshop-link = Odkaz
workshop-link-to = Přejít na { $host }
workshop-calendar = Přidat do kalendáře
workshop-agenda = Program
workshop-no-agenda = Program zatím nebyl zveřejněn.
workshops-note = Každý workshop má veřejnou stránku s časem, místem a programem.
workshops-none = Zatím tu není žádný workshop.
workshops-none-next = Ohlaste první: jeho stránka i soubor do kalendáře jsou hned veřejné.
workshops-table = Workshopy od nejnovějšího
workshop-new = Ohlásit workshop
workshop-change = Změnit workshop
workshop-see = Zobrazit veřejnou stránku
workshop-title = Název
workshop-title-hint = O čem bude, anglicky.
workshop-track = Okruh
workshop-state = Stav
workshop-zone = Časové pásmo
workshop-zone-hint = Hodiny v místě konání; čtenáři uvidí i UTC a svůj vlastní čas.
workshop-starts = Začátek
workshop-starts-hint = Datum a čas podle hodin v tomto pásmu.
workshop-ends = Konec
workshop-place-hint = Město, budova, nebo Online.
workshop-link-hint = Adresa https, kterou uvidí každý: kde se přihlásit nebo číst dál, ne vstup do uzavřené schůzky.
workshop-agenda-hint = Markdown, uvidí ho každý.
fault-time = Zadejte datum a čas, například 2026-11-24T14:00
fault-time-skipped = Takový čas tam neexistuje: hodiny ho při posunu přeskočí. Zvolte dřívější nebo pozdější
fault-ends-before = Konec musí následovat po začátku
fault-ends-late =
    { $n ->
        [one] Workshop trvá nejvýše { $n } den; zkontrolujte obě data
        [few] Workshop trvá nejvýše { $n } dny; zkontrolujte obě data
        [many] Workshop trvá nejvýše { $n } dne; zkontrolujte obě data
       *[other] Workshop trvá nejvýše { $n } dnů; zkontrolujte obě data
    }
fault-link = Zadejte celou adresu, která začíná https://
fault-nowhere = Uveďte, kde se koná: místo, odkaz, nebo obojí
done-workshop-called = Workshop je ohlášen. Jeho stránka je veřejná.
done-workshop-changed = Workshop je změněn. Stránka i soubor do kalendáře to ukazují hned.

## Desk
desk-waiting = Čeká na vás
desk-nothing = Nic na vás nečeká.
desk-no-role = Zatím nemáte roli v žádném okruhu; role přiděluje sekretariát.
desk-read-edition = Zatím si přečtěte { $number }. vydání
desk-read-about = Přečtěte si, o čem tento dialog je
desk-read-drafts = Zatím si přečtěte návrhy svých okruhů
desk-answer =
    { $n ->
        [one] Vypořádat { $n } připomínku k { $reference }
        [few] Vypořádat { $n } připomínky k { $reference }
        [many] Vypořádat { $n } připomínky k { $reference }
       *[other] Vypořádat { $n } připomínek k { $reference }
    }
desk-close = Uzavřít připomínkování { $reference }, nebo prodloužit lhůtu
desk-comment = Připomínkovat { $reference }
desk-comment-why = Otevřeno k připomínkám v okruhu { $track }; zatím jste se nevyjádřili.
desk-chairing = Předsedáte okruhu { $track }.
desk-acting = Okruh { $track } nemá předsedajícího; zastupuje ho sekretariát.
desk-since = Nejstarší čeká od { $day }.
desk-by = Do { $time }
desk-overdue =
    { $n ->
        [0] Po lhůtě od dneška
        [one] { $n } den po lhůtě
        [few] { $n } dny po lhůtě
        [many] { $n } dne po lhůtě
       *[other] { $n } dnů po lhůtě
    }
desk-convening = Pro sekretariát
desk-invitations =
    { $n ->
        [0] Žádná pozvánka nečeká na odpověď
        [one] { $n } pozvánka čeká na odpověď
        [few] { $n } pozvánky čekají na odpověď
        [many] { $n } pozvánky čeká na odpověď
       *[other] { $n } pozvánek čeká na odpověď
    }
desk-edition = Připravuje se vydání, založené { $day }
desk-no-edition = Žádné vydání se nepřipravuje
desk-kept = Napsáno, ale neuloženo
kept-text = Váš text k { $reference }
kept-new = Váš text nového doporučení
kept-form = Co jste napsali u { $reference } a neodeslali
kept-lost = Tam už jej uložit nelze: zkopírujte si jej, nebo jej stáhněte.
desk-open = Otevřeno k připomínkám
desk-all-open = Všechny otevřené texty
desk-open-until = Připomínky do
desk-closed-since = Připomínkování skončilo
desk-commented = Už jste se vyjádřili.
desk-drafts = Návrhy
desk-all-drafts = Všechny návrhy
desk-no-drafts = Ve vašich okruzích se nepíše žádný návrh.
desk-changed = Revize { $revision }, { $day }
desk-words = Odpovědi pro vás
desk-no-words = Na vaše připomínky zatím nikdo neodpověděl. Odpovědi i vypořádání předsedajícím najdete tady.
desk-reply-by = Odpovídá
desk-answered = Vaše připomínka je vypořádána: { $disposition }
desk-workshops = Nadcházející workshopy
desk-all-workshops = Všechny workshopy
desk-no-workshops = Vaše okruhy nemají žádný workshop před sebou.

## Mail
mail-greeting = Dobrý den,
mail-greeting-unknown = Dobrý den,
mail-footer = Tuto zprávu dostáváte, protože máte účet na { $origin }.
mail-footer-invitation = Pokud jste pozvánku nečekali, nedělejte nic: sama vyprší.
mail-footer-reset = Pokud jste o to nežádali, nedělejte nic: vaše heslo se nezmění.
mail-track = Okruh: { $track }
mail-role = Role: { $role }
mail-organisation = Organizace: { $organisation }
mail-disposition = Vypořádání: { $disposition }
mail-read = Přečtěte si ho zde:
mail-invitation-subject = Pozvánka: { $programme }
mail-invitation-by = { $name } ({ $organisation }) vás zve k účasti v tomto dialogu: { $programme }.
mail-invitation-by-secretariat = Sekretariát vás zve k účasti v tomto dialogu: { $programme }.
mail-invitation-open = Chcete-li pozvání přijmout, otevřete tuto adresu a stiskněte tam tlačítko:
mail-invitation-until = Platí jednou, do { $until }.
mail-reset-subject = Nové heslo: { $programme }
mail-reset-text = Někdo, doufáme že vy, požádal o nové heslo k vašemu účtu. Nastavíte ho na této adrese:
mail-reset-term = Platí jednou a hodinu.
mail-opened-subject = { $reference } je otevřeno k připomínkám
mail-opened-text = Text vašeho okruhu je otevřen k připomínkám.
mail-opened-until = Připomínky do: { $until }
mail-answered-subject = Vaše připomínka k { $reference } je vypořádána
mail-answered-text = Předsedající vypořádal(a) vaši připomínku k tomuto textu.
mail-answered-read = Odůvodnění si přečtěte zde:
mail-replied-subject = Odpověď na vaši připomínku k { $reference }
mail-replied-text = Někdo odpověděl na vaši připomínku k tomuto textu.
mail-replied-read = Odpověď si přečtěte zde:
mail-agreed-subject = { $reference } je schváleno
mail-agreed-text = Text vašeho okruhu byl označen za schválený.
mail-mentioned-subject = Jste zmíněni v připomínce k { $reference }
mail-mentioned-text = Někdo vás zmínil v připomínce k tomuto textu.
mail-amendment-answered-subject = Váš pozměňovací návrh k { $reference } je vypořádán
mail-amendment-answered-text = Předsedající vypořádal(a) váš pozměňovací návrh k tomuto textu.
mail-amendment-reopened-subject = Odpověď na váš pozměňovací návrh k { $reference } byla vzata zpět
mail-amendment-reopened-text = Předsedající vzal zpět odpověď na váš pozměňovací návrh k tomuto textu. Návrh znovu čeká na vypořádání.
mail-amendment-stale-subject = Váš pozměňovací návrh k { $reference } vás potřebuje
mail-amendment-stale-text = Text se změnil v místě vašeho pozměňovacího návrhu. Podívejte se na obě znění a návrh upravte, nebo stáhněte.
mail-amendment-withdrawn-subject = Návrh k { $reference }, k němuž jste se připojili, byl stažen
mail-amendment-withdrawn-text = Navrhovatel stáhl pozměňovací návrh k tomuto textu, ke kterému se připojila vaše organizace. Pokud vám na změně stále záleží, můžete ji podat sami, dokud je text otevřen.
mail-amendment-reworded-subject = Navrhovatel změnil návrh k { $reference }, k němuž jste se připojili
mail-amendment-reworded-text = Navrhovatel změnil znění nebo odůvodnění pozměňovacího návrhu k tomuto textu, ke kterému se připojila vaše organizace. Ta je u něj stále uvedena. Přečtěte si prosím, co říká nyní, a pokud jej už nepodporujete, připojení odvolejte.
mail-contested-subject = Vypořádání u { $reference } je rozporováno
mail-contested-text = Autor rozporuje vypořádání, které jste u tohoto textu zapsali.
mail-contest-answered-subject = Odpověď na váš rozpor k { $reference }
mail-contest-answered-text = Předsedající odpověděl(a) na váš rozpor k tomuto textu.
mail-pen-asked-subject = Někdo žádá o pero k { $reference }
mail-pen-asked-text = Pero k tomuto textu držíte vy. Můžete je tam předat, nebo psát dál.
mail-pen-handed-subject = Máte pero k { $reference }
mail-pen-handed-text = Pero k tomuto textu vám bylo předáno.
mail-pen-taken-subject = Pero k { $reference } vám bylo odebráno
mail-pen-taken-text = Někdo vám odebral pero k tomuto textu. Důvod je na jeho stránce; co jste napsali, tam zůstalo.
mail-published-subject = { $number }. vydání: { $programme }
mail-published-text = Vyšlo { $number }. vydání doporučení. Kdokoli si je může přečíst zde:

## Public face
home-edition = Vydání { $n }, zveřejněno
home-read = Číst vydání { $n }
home-to-under-way = Na čem se pracuje
home-asks = Co žádáme od vás?
home-all =
    { $n ->
        [one] Jediné doporučení
        [few] Všechna { $n } doporučení
        [many] Celkem { $n } doporučení
       *[other] Všech { $n } doporučení
    }
home-mission = O co jde
home-about = Jak texty vznikají
home-tracks = Na čem okruhy pracují
home-workshops = Nejbližší workshopy
home-workshops-all = Všechny workshopy
home-workshops-none = Žádný workshop zatím není naplánován
home-workshops-none-next = Jakmile bude znám termín, sekretariát workshop oznámí zde.
attacks-title = 77 útoků na zdravotnictví, leden až srpen 2021
attacks-desc = 77 značek v sedmi řadách po jedenácti. 66 značek v prvních šesti řadách je vyplněných: systémy byly nedostupné. Jedenáct značek v poslední řadě má jen obrys.
attacks-lead = Každá značka je jeden útok na zdravotnictví.
attacks-finding = Za osm měsíců jich bylo zaznamenáno 77; u 66 vyplněných přestaly být systémy dostupné.
attacks-source = Zdroj:
attacks-period = leden až srpen 2021
attacks-table = Údaje v tabulce
attacks-outcome = Následek
attacks-count = Útoky
attacks-down = Nedostupné systémy
attacks-other = Jiný
attacks-all = Všechny zaznamenané
recommendations-n =
    { $n ->
        [one] { $n } doporučení
        [few] { $n } doporučení
        [many] { $n } doporučení
       *[other] { $n } doporučení
    }
recommendations-lede = Co by měly udělat vlády, firmy, občanská společnost a zdravotnictví, jak se na tom jednotlivé okruhy shodly.
recommendations-about-edition = O vydání { $n }
recommendations-all-editions = Všechna vydání
recommendations-about-track = O tomto okruhu
under-way-title = Texty se právě připravují
under-way-none-published = Zatím nic nevyšlo. Stav prací:
under-way-note = Rozpracované texty jsou důvěrné: ukazujeme jen jejich počty a dokdy k nim mohou členové podávat připomínky.
under-way-open =
    { $n ->
        [one] { $n } text otevřený připomínkám
        [few] { $n } texty otevřené připomínkám
        [many] { $n } textu otevřeného připomínkám
       *[other] { $n } textů otevřených připomínkám
    }
under-way-drafting =
    { $n ->
        [one] { $n } text v přípravě
        [few] { $n } texty v přípravě
        [many] { $n } textu v přípravě
       *[other] { $n } textů v přípravě
    }
under-way-none = Žádný rozpracovaný text
under-way-deadline = Připomínky do
under-way-deadlines = Připomínky podle textu do:
track-published = Zveřejněná doporučení
track-in-edition = Jak jsou ve vydání { $n }
track-none = V tomto okruhu zatím nic nevyšlo
track-none-next = Doporučení se tu objeví s prvním vydáním, které nějaké z tohoto okruhu obsahuje.
track-none-in-edition = Toto vydání neobsahuje žádné doporučení z tohoto okruhu.
track-under-way = Rozpracované texty
track-open = Otevřené připomínkám
track-drafting = V přípravě
track-next = Nejbližší termín
track-last = Poslední termín
track-no-workshops = Tento okruh zatím nemá žádný workshop
track-coming = Chystané
track-past = Minulé
print = Vytisknout
licences-software = Software
licences-software-text = Primum lze používat podle licence MIT, nebo podle licence Apache 2.0; vyberte si.
licences-face = Písmo nadpisů
licences-face-text = Nadpisy jsou vysázeny částí písma Libertinus Serif Semibold, které je pod licencí
licences-crates = Balíčky jazyka Rust
licences-crates-text = Primum je sestaveno a zkoušeno s balíčky uvedenými níže. Každý má vlastní licenci; všechny patří mezi tyto:
licences-crates-list = Ukázat všechny ({ $n })
licences-name = Název
licences-version = Verze

## Editions
edition-n = Vydání { $n }
editions-lede = Vydání se zveřejněním uzavírá: jeho číslo, znění ani adresy se už nikdy nezmění.
edition-current = Aktuální
edition-published = Zveřejněno
edition-foreword = Předmluva
edition-contents = Obsah
edition-by-audience = Podle adresátů
edition-coverage = Pokrytí
edition-coverage-caption = Doporučení podle okruhů a adresátů
edition-gap = žádné
edition-changes = Co se změnilo
edition-changes-since = Co se změnilo od vydání { $n }
edition-added = Nová
edition-revised = Přepracovaná
edition-left = Už nezařazená
edition-nothing = Žádná
edition-how = Jak vznikla shoda
edition-standing = Toto vydání je soubor textů, na nichž se shodly jednotlivé okruhy; sestavili ho svolavatelé. Okruhy ho nepřijaly jako celek: každý text vyjadřuje stanovisko okruhu, který se na něm shodl. Sekretariát určil pořadí a napsal předmluvu; do dohodnutého znění nezasáhl.
edition-road = Než se okruh na textu shodl, byla každá připomínka k němu vypořádána s odůvodněním.
edition-road-link = Jak doporučení vzniká
edition-files = Soubory a otisk
edition-file-markdown = Celé vydání jako jeden text
edition-file-json = Všechna doporučení a soupis, pro programy
edition-manifest = Soupis
edition-file-manifest = Soupis obsahu; jeho otisk je otiskem vydání
edition-check = Podle otisku může kdokoli ověřit, že se od zveřejnění nic nezměnilo. Vypíše ho tento příkaz:
edition-sha256 = SHA-256 vydání
edition-print = Vydání { $n } · SHA-256 { $hash } · { $address }
edition-past = Toto je vydání { $n }; mezitím vyšlo novější.
edition-to-current = Přejít na vydání { $n }
audience-lede =
    { $n ->
        [0] Toto vydání po těchto adresátech nic nežádá.
        [one] Jedno doporučení je určeno i vám.
        [few] { $n } doporučení jsou určena i vám.
        [many] { $n } doporučení je určeno i vám.
       *[other] { $n } doporučení je určeno i vám.
    }
audience-asks = Každé jednou větou
audience-actions = Co po vás každé z nich žádá
audience-print = Vytisknout vše
audience-none = Toto vydání po těchto adresátech nic nežádá
audience-none-next = Celé vydání { $n }
entry-cite = Citovat a stáhnout
entry-file-markdown = Text s hlavičkou
entry-file-json = Uzavřený dokument, bajt po bajtu
entry-sha256 = SHA-256 souboru JSON
entry-facts = O tomto textu
entry-reference = Značka
entry-edition = Vyšlo v
entry-agreed = Shoda
entry-revision = revize { $n }
entry-audiences = Komu je určeno
entry-beside = Předchozí a následující doporučení
entry-in-current = Číst tento text ve vydání { $n }
entry-not-in-current = Vydání { $n } tento text neobsahuje; podívejte se, co v něm je
entry-withdrawn = Okruh toto doporučení po zveřejnění stáhl, a to
builds-lede = Vyberte, na čem se okruhy shodly, určete pořadí a zveřejněte to. Dohodnuté znění se tu měnit nedá.
builds-title = Připravovaná vydání
builds-none = Žádné vydání se nepřipravuje
builds-none-next = Založte ho a vyberte texty, které v něm budou.
builds-published = Zveřejněná vydání
builds-none-published = Zatím žádné vydání nevyšlo.
build-create = Založit vydání
build-begun = Vydání založené
build-changed = Změněno
build-title = Připravované vydání
build-lede = Ukládejte, jak často chcete: dokud vydání nezveřejníte, nikdo ho nevidí.
build-unsaved = Vydání ještě není uloženo.
build-texts = Texty
build-texts-hint = Zaškrtněte, co má ve vydání být, a očíslujte to; texty bez čísla přijdou nakonec podle značky. Uvedeny jsou jen texty, na nichž je shoda.
build-no-texts = Na žádném textu zatím není shoda
build-no-texts-next = Shodu zaznamená předsedající, až bude každá připomínka vypořádána.
build-pick = Doporučení
build-order = Pořadí
build-order-of = Pořadí textu { $reference }
build-tag-not-agreed = Bez shody
build-foreword-hint = V Markdownu. Řekněte, čím vydání je; doporučení mluví sama za sebe.
build-to-publish = Zkontrolovat a zveřejnit
build-preflight = Kontrola před zveřejněním
build-preflight-hint = Co je uloženo, v daném pořadí, a co brání zveřejnění. Každá závada vede tam, kde se dá napravit.
build-nothing-picked = Nic není vybráno
build-ready = V pořádku
build-blocked = Nelze zveřejnit
build-not-agreed = Shoda na textu už neplatí: vynechte ho, nebo počkejte, až se na něm okruh shodne znovu
build-unanswered = Na vypořádání čeká { $n } (připomínky a pozměňovací návrhy)
build-brackets =
    { $n ->
        [one] { $n } závorka označuje znění, na němž není shoda
        [few] { $n } závorky označují znění, na němž není shoda
        [many] { $n } závorky označuje znění, na němž není shoda
       *[other] { $n } závorek označuje znění, na němž není shoda
    }
build-no-audience = Nikoho o nic nežádá
build-hidden = Obsahuje skryté znaky ({ $places })
build-hidden-place = { $place }, řádek { $line }: { $code }
build-in-title = název
publish-title = Zveřejnit
publish-lede = Zkontrolujte, co se má uzavřít. Vznikne vydání { $n }, pro všechny a navždy.
publish-texts = Doporučení v daném pořadí
publish-change = Změnit výběr
publish-nothing-next = Vyberte alespoň jeden text, na němž je shoda.
publish-no-foreword = Toto vydání nemá předmluvu.
publish-standing = Co o sobě vydání řekne
publish-go = Zveřejnění
publish-blocked = Zatím ho nelze zveřejnit. Napravte závady uvedené výše, nebo text vynechte.
publish-acknowledge = Skryté znaky uvedené výše jsem zkontroloval(a); patří tam
publish-password-hint = Zveřejnění nelze vzít zpět, proto se ptáme ještě jednou.
publish-button = Zveřejnit vydání { $n }
fault-pick = Vybírejte jen texty, na nichž je shoda
fault-edition-empty = Vyberte alespoň jeden text
fault-edition-blocked = Napravte, co textu brání, nebo ho vynechte
fault-edition-hidden = Prohlédněte si skryté znaky a potvrďte, že tam patří
conflict-edition-published = Toto vydání je zveřejněné: už se nedá měnit.
conflict-edition-meanwhile = Ve stejnou chvíli bylo zveřejněno jiné vydání. Z tohoto nevyšlo nic; načtěte stránku znovu a zveřejněte ho pod novým číslem.
done-edition-created = Vydání je založeno. Vyberte do něj texty.
done-edition-saved = Uloženo.
done-edition-published = Vydání je zveřejněno a všichni s účtem o tom dostanou zprávu.

## The demonstration
demo-title = Ukázka
demo-lede = Vymyšlený dialog, na kterém si lze všechno vyzkoušet. Lidé, organizace ani státy v něm neexistují a nic z toho neřekla žádná skutečná instituce. Vyberte si někoho a rozhlédněte se jeho očima.
demo-kept-nowhere = Cokoli tu uděláte, zůstane na tomto počítači a s koncem ukázky zmizí.
demo-mail-link = Pošta, která by se odeslala
demo-password = Kde si systém znovu řekne o heslo, zadejte
demo-secretariat = Sekretariát
demo-secretariat-note = Svolává dialog: zve účastníky, pořádá workshopy, sestavuje a zveřejňuje vydání.
demo-chair = Předsedající
demo-chair-note = Otevírají texty k připomínkám, vypořádávají každou připomínku a označují texty za schválené.
demo-drafter = Zpracovatelé
demo-drafter-note = Píší doporučení a ukládají jejich revize.
demo-participant = Účastníci
demo-participant-note = Podávají připomínky a odpovídají na ně, jménem organizace nebo za sebe.
demo-observer = Pozorovatelé
demo-observer-note = Čtou návrhy a diskusi.
demo-sign-in = Přihlásit se
demo-sign-in-as = jako
demo-more =
    { $n ->
        [one] Ještě { $n } člověk
        [few] Ještě { $n } lidé
        [many] Ještě { $n } člověka
       *[other] Ještě { $n } lidí
    }
demo-mail-title = Pošta
demo-mail-lede = Co by platforma odeslala, od nejnovějšího. Zobrazuje to jen ukázka; jinde se žádný dopis neuchovává.
demo-mail-none = Zatím žádná pošta
demo-mail-none-next = Někoho pozvěte nebo vypořádejte připomínku: dopis se tu objeví za pár vteřin.
demo-mail-to = Komu
conflict-account-exists = Mezitím vznikl účet s touto adresou. Načtěte stránku znovu a pozvánku přijměte po přihlášení.

## Look
comment-more =
    { $n ->
        [one] Další { $n } připomínka
        [few] Další { $n } připomínky
       *[other] Dalších { $n } připomínek
    }
