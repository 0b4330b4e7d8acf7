#pragma once

#include "client/connectionfailure.h"
#include "console/profiles/profile.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace dialogue::console {

class AdminConnection;
class TonedLabel;

/** Which server it is, how careful one is to be there, and whether we are in: above every page. */
class ConnectionBar : public QWidget
{
    Q_OBJECT
public:
    ConnectionBar(AdminConnection &connection, const Profile &profile, QWidget *parent = nullptr);

    /** Why there is no connection, and what may be done. */
    [[nodiscard]] static QString adviceFor(const ConnectionFailure &failure, const Profile &profile);

Q_SIGNALS:
    void passwordWanted(); ///< The one that was given is not the account's.

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void update();
    void tick();

    AdminConnection &m_connection;
    const Profile m_profile;
    QLabel *m_name;
    TonedLabel *m_kind;
    TonedLabel *m_plain;
    TonedLabel *m_state;
    TonedLabel *m_problem;
    QPushButton *m_again;
    QTimer m_countdown;
    qint64 m_secondsLeft = 0;
};

} // namespace dialogue::console
