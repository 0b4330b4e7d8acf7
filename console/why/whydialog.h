#pragma once

#include "console/look/place.h"
#include "console/why/whyquestion.h"

#include <QDialog>
#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QPushButton;
class QStringListModel;
class QVBoxLayout;

namespace dialogue::console {

class AdminConnection;
class Notice;

/** Asks the server why somebody did not get an event, and shows what it says. */
class WhyDialog : public QDialog
{
    Q_OBJECT
public:
    /** \a connection must outlive it. */
    WhyDialog(AdminConnection &connection, const WhyQuestion &question, QWidget *parent = nullptr);

    void ask(); ///< About who is named.

Q_SIGNALS:
    void wanted(const dialogue::console::Place &place);

private:
    void layOut();
    void offerParticipants();
    void take(const QJsonObject &reply);
    void tellError(const QString &text);
    void clear();

    AdminConnection &m_connection;
    const WhyQuestion m_question;
    QComboBox *m_kind; ///< What the name is of: user, or client.
    QLineEdit *m_name;
    QPushButton *m_ask;
    QStringListModel *m_users;
    QStringListModel *m_clients;
    QVBoxLayout *m_cards;
    Notice *m_notice;
    quint64 m_generation = 0; ///< Answers to what was asked before are of no use.
};

} // namespace dialogue::console
