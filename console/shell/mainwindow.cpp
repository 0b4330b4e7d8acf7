#include "console/shell/mainwindow.h"

#include "console/acting/actiondialog.h"
#include "console/look/appearance.h"
#include "console/shell/commandpalette.h"
#include "console/shell/passworddialog.h"
#include "console/shell/profilespage.h"
#include "console/shell/serverview.h"
#include "core/base/foreigntext.h"

#include <QAction>
#include <QActionGroup>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

const QString GeometryKey = u"window/geometry"_s;

} // namespace

MainWindow::MainWindow(ProfileStore &store, Secrets &secrets, QWidget *parent)
    : QMainWindow(parent)
    , m_store(store)
    , m_secrets(secrets)
    , m_stack(new QStackedWidget)
    , m_profiles(new ProfilesPage(store, secrets))
{
    m_stack->addWidget(m_profiles);
    setCentralWidget(m_stack);
    addMenus();
    connect(m_profiles, &ProfilesPage::opened, this, qOverload<const Profile &>(&MainWindow::openServer));
    if (!restoreGeometry(QSettings().value(GeometryKey).toByteArray()))
        resize(QSize(fontMetrics().averageCharWidth() * 200, fontMetrics().height() * 50)
                   .boundedTo(screen()->availableGeometry().size()));
    updateActions();
}

MainWindow::~MainWindow() { delete std::exchange(m_server, nullptr); }

void MainWindow::addMenus()
{
    addServerMenu();
    m_goMenu = menuBar()->addMenu(tr("&Go"));
    m_pageMenu = menuBar()->addMenu(tr("&Page"));
    addAppearanceMenu();
    QMenu *const help = menuBar()->addMenu(tr("&Help"));
    QAction *const commands = help->addAction(tr("&Commands…"), this, &MainWindow::offerCommands);
    commands->setShortcut(Qt::CTRL | Qt::Key_K);
    help->addAction(tr("&About Dialogue"), this, [this] {
        QMessageBox::about(this, tr("Dialogue"),
                           tr("Dialogue's console, version %1").arg(QCoreApplication::applicationVersion()));
    });
}

void MainWindow::addServerMenu()
{
    m_serverMenu = menuBar()->addMenu(tr("&Server"));
    m_serverMenu->addAction(tr("&New profile…"), m_profiles, &ProfilesPage::createProfile);
    QAction *const leave = m_serverMenu->addAction(tr("&Other servers"), this, &MainWindow::closeServer);
    leave->setShortcut(Qt::CTRL | Qt::Key_L);
    m_serverActions.append({leave, QString()});
    m_serverMenu->addSeparator();
    const auto add = [this](const QString &text, const QString &operation, ActionSpec (*spec)()) {
        QAction *const action = m_serverMenu->addAction(text, this, [this, spec] {
            ActionDialog(m_server->connection(), spec(), m_server->profile().phrase(), this).exec();
        });
        m_serverActions.append({action, operation});
    };
    add(tr("&Broadcast to all…"), u"broadcast"_s, &ActionCatalogue::broadcast);
    add(tr("Lift a ba&n…"), u"liftBan"_s, &ActionCatalogue::liftBan);
    add(tr("Lift a &mute…"), u"liftMute"_s, &ActionCatalogue::liftMute);
    add(tr("&Stop the server…"), u"drain"_s, &ActionCatalogue::drain);
    m_serverMenu->addSeparator();
    QAction *const quit = m_serverMenu->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence::Quit);
}

void MainWindow::addAppearanceMenu()
{
    QMenu *const menu = menuBar()->addMenu(tr("&Appearance"));
    auto *const group = new QActionGroup(this);
    for (const auto &[text, appearance] :
         {std::pair(tr("As the &desktop"), Appearance::System), std::pair(tr("&Light"), Appearance::Light),
          std::pair(tr("Dar&k"), Appearance::Dark)}) {
        QAction *const action
            = menu->addAction(text, this, [appearance = appearance] { setAppearance(appearance); });
        action->setCheckable(true);
        action->setChecked(keptAppearance() == appearance);
        group->addAction(action);
    }
}

void MainWindow::openServer(const Profile &profile)
{
    if (profile.isByToken())
        return openServer(profile, {});
    m_secrets.read(profile.id, this, [this, profile](const QString &password) {
        if (password.isEmpty())
            askPassword(profile, {});
        else
            openServer(profile, password);
    });
}

void MainWindow::askPassword(const Profile &profile, const QString &problem)
{
    PasswordDialog dialog(printable(profile.name), printable(profile.account), printable(problem), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const QString password = dialog.password();
    m_secrets.keepUntilTheEnd(profile.id, password);
    if (dialog.isToBeKept()) {
        m_secrets.write(profile.id, password, this, [this](Secrets::Kept kept, const QString &why) {
            if (kept == Secrets::Kept::UntilTheEnd) {
                QMessageBox::information(
                    this, tr("Keychain"),
                    tr("The password is known until the console ends: the keychain would "
                       "not keep it (%1).")
                        .arg(printable(why).toHtmlEscaped()));
            }
        });
    }
    openServer(profile, password);
}

void MainWindow::openServer(const Profile &profile, const QString &password)
{
    closeServer();
    Result<ClientConfig> config = clientConfigOf(profile, password);
    if (!config)
        return tell(printable(config.error().text()));
    tell({});
    m_server = new ServerView(profile, *std::move(config));
    connect(m_server, &ServerView::pageChanged, this, &MainWindow::updateActions);
    connect(m_server, &ServerView::passwordWanted, this,
            [this, profile](const QString &problem) { askPassword(profile, problem); });
    connect(&m_server->connection(), &AdminConnection::stateChanged, this, &MainWindow::updateActions);
    m_stack->addWidget(m_server);
    m_stack->setCurrentWidget(m_server);
    fillGoMenu();
    updateActions();
    m_server->currentPage().setFocus();
}

void MainWindow::closeServer()
{
    if (m_server == nullptr)
        return;
    m_stack->setCurrentWidget(m_profiles);
    std::exchange(m_server, nullptr)->deleteLater();
    fillGoMenu();
    updateActions();
    m_profiles->setFocus();
}

void MainWindow::tell(const QString &problem) { m_profiles->tell(problem); }

void MainWindow::fillGoMenu()
{
    m_goMenu->clear();
    if (m_server == nullptr)
        return;
    const QList<Page *> pages = m_server->pages();
    for (int i = 0; i < pages.size(); ++i) {
        QAction *const action
            = m_goMenu->addAction(pages[i]->windowTitle(), this, [this, i] { m_server->showPage(i); });
        action->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(i + 1)));
    }
}

void MainWindow::updateActions()
{
    const bool isIn = m_server != nullptr && m_server->connection().isIn();
    for (const auto &[action, operation] : std::as_const(m_serverActions)) {
        action->setEnabled(operation.isEmpty() ? m_server != nullptr
                                               : isIn && m_server->connection().hello().canDo(operation));
    }
    m_pageMenu->clear();
    const QWidget *const page = m_server != nullptr ? static_cast<QWidget *>(&m_server->currentPage())
                                                    : static_cast<QWidget *>(m_profiles);
    m_pageMenu->addActions(page->actions());
    setWindowTitle(m_server != nullptr
                       ? tr("%1: %2 – Dialogue").arg(printable(m_server->profile().name), page->windowTitle())
                       : tr("Dialogue"));
}

void MainWindow::offerCommands()
{
    QList<CommandPalette::Entry> entries;
    const QList<QAction *> menus = menuBar()->actions();
    for (const QAction *const each : menus) {
        QString group = each->text();
        group.remove(u'&');
        const QList<QAction *> actions
            = each->menu() != nullptr ? each->menu()->actions() : QList<QAction *>();
        for (QAction *const action : actions) {
            if (!action->isSeparator())
                entries.append({action, group});
        }
    }
    CommandPalette palette(entries, this);
    if (palette.exec() == QDialog::Accepted && palette.chosen() != nullptr)
        palette.chosen()->trigger();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QSettings().setValue(GeometryKey, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace dialogue::console
