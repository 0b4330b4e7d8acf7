#pragma once

#include "console/profiles/profilestore.h"
#include "console/profiles/secrets.h"

#include <QMainWindow>

class QActionGroup;
class QMenu;
class QStackedWidget;

namespace dialogue::console {

class Page;
class ProfilesPage;
class ServerView;

/** The console: the servers there are, or one of them. */
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /** \a store is loaded already; both outlive it. */
    MainWindow(ProfileStore &store, Secrets &secrets, QWidget *parent = nullptr);
    ~MainWindow() override;

    /** Asks for the password where none is known. */
    void openServer(const Profile &profile);
    void openServer(const Profile &profile, const QString &password);
    void closeServer();
    /** In place of the pages of a server: what is wrong. */
    void tell(const QString &problem);
    [[nodiscard]] ServerView *server() const { return m_server; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void addMenus();
    void addServerMenu();
    void addAppearanceMenu();
    void askPassword(const Profile &profile, const QString &problem);
    void updateActions();
    void fillGoMenu();
    void offerCommands();

    ProfileStore &m_store;
    Secrets &m_secrets;
    QStackedWidget *m_stack;
    ProfilesPage *m_profiles;
    ServerView *m_server = nullptr;
    QMenu *m_serverMenu = nullptr;
    QMenu *m_goMenu = nullptr;
    QMenu *m_pageMenu = nullptr;
    QList<std::pair<QAction *, QString>> m_serverActions; ///< With the operation that the account must have.
};

} // namespace dialogue::console
