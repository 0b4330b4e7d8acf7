#include "console/shell/profilespage.h"

#include "console/look/notice.h"
#include "console/look/titlefont.h"
#include "console/look/tonedlabel.h"
#include "console/profiles/profilestore.h"
#include "console/profiles/secrets.h"
#include "console/shell/profiledialog.h"
#include "core/base/foreigntext.h"

#include <QAction>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

QString kindWord(Profile::Kind kind)
{
    static constexpr std::array Words{QT_TRANSLATE_NOOP("dialogue::console::ProfilesPage", "development"),
                                      QT_TRANSLATE_NOOP("dialogue::console::ProfilesPage", "staging"),
                                      QT_TRANSLATE_NOOP("dialogue::console::ProfilesPage", "production")};
    return ProfilesPage::tr(Words[std::size_t(kind)]);
}

} // namespace

ProfilesPage::ProfilesPage(ProfileStore &store, Secrets &secrets, QWidget *parent)
    : Page(parent)
    , m_store(store)
    , m_secrets(secrets)
    , m_tree(new QTreeWidget)
    , m_notice(new Notice(m_tree))
    , m_problem(new TonedLabel(Tone::Bad))
{
    setWindowTitle(tr("Servers"));
    m_tree->setHeaderLabels({tr("Server"), tr("URL"), tr("Account"), tr("Kind")});
    m_tree->setUniformRowHeights(true);
    m_tree->setAccessibleName(tr("Servers"));
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->header()->setStretchLastSection(true);
    m_problem->hide();
    auto *const title = new QLabel(tr("Servers"));
    title->setFont(titleFont(title->font(), 1.5));

    auto *const buttons = new QHBoxLayout;
    const auto add = [&](const QString &text, const QKeySequence &keys, bool isOfOne, auto &&run) {
        auto *const action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
        if (isOfOne) {
            m_tree->addAction(action);
            m_ofOne.append(action);
        }
        auto *const button = new QPushButton(text);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
        buttons->addWidget(button);
    };
    add(tr("Connect"), {}, true, [this] { openSelected(); });
    add(tr("Change…"), Qt::Key_F2, true, [this] { edit(*selected()); });
    add(tr("Remove…"), QKeySequence::Delete, true, [this] { removeSelected(); });
    buttons->addStretch();
    add(tr("Import…"), {}, false, [this] { importProfiles(); });
    add(tr("Export…"), {}, false, [this] { exportProfiles(); });
    add(tr("New…"), QKeySequence::New, false, [this] { createProfile(); });
    // Also while there is no profile, and so nothing in this page that has the focus.
    actions().constLast()->setShortcutContext(Qt::WindowShortcut);

    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(m_problem);
    column->addWidget(m_notice, 1);
    column->addLayout(buttons);
    setFocusProxy(m_tree);
    connect(m_tree, &QTreeWidget::itemActivated, this, &ProfilesPage::openSelected);
    connect(m_tree, &QTreeWidget::itemSelectionChanged, this, &ProfilesPage::updateActions);
    connect(m_notice, &Notice::actionTriggered, this, &ProfilesPage::createProfile);
    fill();
}

void ProfilesPage::fill(const QString &selected)
{
    m_tree->clear();
    QHash<QString, QTreeWidgetItem *> folders;
    QTreeWidgetItem *chosen = nullptr;
    for (const Profile &profile : m_store.profiles()) {
        QTreeWidgetItem *folder
            = profile.folder.isEmpty() ? m_tree->invisibleRootItem() : folders.value(profile.folder);
        if (folder == nullptr) {
            folder = new QTreeWidgetItem(m_tree, {printable(profile.folder)});
            folders.insert(profile.folder, folder);
            folder->setFlags(Qt::ItemIsEnabled);
            folder->setExpanded(true);
        }
        auto *const item = new QTreeWidgetItem(
            folder,
            {printable(profile.name), printable(profile.url.toDisplayString()),
             profile.isByToken() ? tr("by token") : printable(profile.account), kindWord(profile.kind)});
        item->setData(0, Qt::UserRole, profile.id);
        if (profile.kind != Profile::Kind::Development) {
            item->setForeground(
                3,
                toneColor(profile.kind == Profile::Kind::Production ? Tone::Bad : Tone::Warning, palette()));
        }
        if (profile.id == selected || chosen == nullptr)
            chosen = item;
    }
    m_tree->sortItems(0, Qt::AscendingOrder);
    for (int column = 0; column < 3; ++column)
        m_tree->resizeColumnToContents(column);
    m_tree->setCurrentItem(chosen);
    if (m_store.isSpoilt()) {
        m_notice->tell(tr("The profiles cannot be read"),
                       tr("The file is put aside, under another name, when a profile is made anew."),
                       tr("New profile…"));
    } else if (m_store.profiles().isEmpty()) {
        m_notice->tell(
            tr("No server is known yet"),
            tr("A profile says where a server is and by which account you come in. The server must have "
               "one under “admin.accounts”, or a token (“admin.token: generate”)."),
            tr("New profile…"));
    } else {
        m_notice->showContent();
    }
    updateActions();
}

const Profile *ProfilesPage::selected() const
{
    const QTreeWidgetItem *const item = m_tree->currentItem();
    return item == nullptr ? nullptr : m_store.find(item->data(0, Qt::UserRole).toString());
}

void ProfilesPage::updateActions()
{
    for (QAction *const action : std::as_const(m_ofOne))
        action->setEnabled(selected() != nullptr);
}

void ProfilesPage::tell(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void ProfilesPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    const Profile *const chosen = event->type() == QEvent::PaletteChange ? selected() : nullptr;
    if (chosen)
        fill(QString(chosen->id));
}

void ProfilesPage::createProfile() { edit({}); }

void ProfilesPage::edit(const Profile &profile)
{
    ProfileDialog dialog(profile, this);
    Result<QString> id = QString();
    do { // What was typed is not lost with a file that cannot be written.
        if (dialog.exec() != QDialog::Accepted)
            return;
        id = m_store.put(dialog.profile());
        if (!id)
            dialog.point(id.error());
    } while (!id);
    tell({});
    if (!dialog.password().isEmpty()) {
        m_secrets.write(*id, dialog.password(), this, [this](Secrets::Kept kept, const QString &why) {
            if (kept == Secrets::Kept::UntilTheEnd)
                tell(tr("The password is known until the console ends: the keychain would not keep it (%1).")
                         .arg(printable(why)));
        });
    }
    fill(*id);
}

void ProfilesPage::openSelected()
{
    if (const Profile *const profile = selected())
        Q_EMIT opened(Profile(*profile));
}

void ProfilesPage::removeSelected()
{
    const Profile profile = *selected();
    QMessageBox asked(
        QMessageBox::Question, tr("Remove a profile"),
        tr("Remove the profile “%1”, and its password from the keychain?").arg(printable(profile.name)),
        QMessageBox::Yes | QMessageBox::No, this);
    asked.setTextFormat(Qt::PlainText);
    asked.setDefaultButton(QMessageBox::No);
    if (asked.exec() != QMessageBox::Yes)
        return;
    if (auto removed = m_store.remove(profile.id); !removed)
        return tell(removed.error().text());
    m_secrets.forget(profile.id);
    fill();
}

void ProfilesPage::importProfiles()
{
    const QString file
        = QFileDialog::getOpenFileName(this, tr("Import profiles"), {}, tr("Profiles (*.json)"));
    if (file.isEmpty())
        return;
    const Result<int> count = m_store.importFrom(file);
    tell(count ? QString() : printable(count.error().text()));
    fill();
}

void ProfilesPage::exportProfiles()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Export profiles"), u"profiles.json"_s,
                                                      tr("Profiles (*.json)"));
    if (file.isEmpty())
        return;
    auto written = m_store.exportTo(file);
    tell(written ? QString() : printable(written.error().text()));
}

} // namespace dialogue::console
