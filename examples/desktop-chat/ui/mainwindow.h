#pragma once

#include <QMainWindow>
#include <QUrl>

#include <memory>

class QStackedWidget;

namespace chat {

class ChatPage;
class ChatSession;
class SignInPage;

/** Signing in, or the chat of who is signed in. */
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    /** What the fields for signing in begin with. */
    void suggest(const QString &url, const QString &name);
    void signInAsSuggested(); ///< Where the suggestion is good enough.
    void signIn(const QUrl &url, const QString &name);
    void signOut();
    [[nodiscard]] ChatSession *session() const { return m_session.get(); } ///< Null before signing in.

private:
    void showTitle();

    std::unique_ptr<ChatSession> m_session; // goes after the page that shows it
    QStackedWidget *m_pages;
    SignInPage *m_signInPage;
    std::unique_ptr<ChatPage> m_chatPage;
};

} // namespace chat
