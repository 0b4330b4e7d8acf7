#pragma once

#include <QUrl>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace chat {

/** Which server, and by which name. */
class SignInPage : public QWidget
{
    Q_OBJECT
public:
    explicit SignInPage(QWidget *parent = nullptr);

    void setUrl(const QString &url);
    void setName(const QString &name);
    void signIn(); ///< Does nothing while a field is wrong.

Q_SIGNALS:
    void signInWanted(const QUrl &url, const QString &name);

private:
    void check();
    [[nodiscard]] QUrl url() const; ///< Invalid while it is none of a server.

    QLineEdit *m_url;
    QLineEdit *m_name;
    QLabel *m_problem;
    QPushButton *m_signIn;
};

} // namespace chat
