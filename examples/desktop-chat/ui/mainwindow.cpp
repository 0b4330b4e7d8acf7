#include "ui/mainwindow.h"

#include "model/chatsession.h"
#include "ui/chatpage.h"
#include "ui/signinpage.h"

#include <QStackedWidget>

namespace chat {

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_pages(new QStackedWidget)
    , m_signInPage(new SignInPage)
{
    m_pages->addWidget(m_signInPage);
    setCentralWidget(m_pages);
    connect(m_signInPage, &SignInPage::signInWanted, this, &MainWindow::signIn);
    const int em = fontMetrics().height();
    resize(em * 56, em * 38);
    showTitle();
    m_signInPage->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::suggest(const QString &url, const QString &name)
{
    m_signInPage->setUrl(url);
    m_signInPage->setName(name);
}

void MainWindow::signInAsSuggested() { m_signInPage->signIn(); }

void MainWindow::signIn(const QUrl &url, const QString &name)
{
    signOut();
    m_session = std::make_unique<ChatSession>(ChatSession::configFor(url, name), name);
    m_chatPage = std::make_unique<ChatPage>(*m_session);
    m_pages->addWidget(m_chatPage.get());
    m_pages->setCurrentWidget(m_chatPage.get());
    connect(m_session.get(), &ChatSession::currentChanged, this, &MainWindow::showTitle);
    connect(m_session.get(), &ChatSession::unreadChanged, this, &MainWindow::showTitle);
    connect(&m_session->rooms(), &RoomListModel::rowsInserted, this, &MainWindow::showTitle);
    // Deleted when the click that wished it has been dealt with: its button is in there.
    connect(m_chatPage.get(), &ChatPage::signOutWanted, this, &MainWindow::signOut, Qt::QueuedConnection);
    showTitle();
}

void MainWindow::signOut()
{
    m_chatPage.reset();
    m_session.reset();
    m_pages->setCurrentWidget(m_signInPage);
    showTitle();
}

void MainWindow::showTitle()
{
    QString title = tr("Dialogue chat");
    if (m_session && m_session->current()) {
        const QString roomId = m_session->current()->roomId();
        const dialogue::RoomInfo *const room = m_session->rooms().find(roomId);
        title = tr("%1 – %2").arg(room ? room->name : roomId, title);
    }
    if (const int unread = m_session ? m_session->rooms().unread() : 0; unread > 0)
        title = tr("(%1) %2").arg(unread).arg(title);
    setWindowTitle(title);
}

} // namespace chat
