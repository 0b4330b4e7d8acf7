#pragma once

#include "console/connection/adminconnection.h"

#include <QJsonObject>

namespace dialogue::console {

/**
 * Something besides events that a server is to tell as it happens (docs/admin.md): begins again when the
 * connection comes back, and gives credit for what was taken.
 */
class AdminWatch : public QObject
{
    Q_OBJECT
public:
    /** \a what is watched, comes as \a event, and is credited by its member \a number. */
    struct Kind
    {
        QString what;
        QLatin1String event;
        QString number;
    };
    [[nodiscard]] static Kind errors();
    [[nodiscard]] static Kind audit();
    [[nodiscard]] static Kind rooms();
    [[nodiscard]] static Kind clients();

    /** \a name is that of no other watch of the connection, which outlives it. */
    AdminWatch(AdminConnection &connection, QString name, Kind kind, QObject *parent = nullptr);
    ~AdminWatch() override;

    /** From now on, with these members of the request. */
    void start(const QJsonObject &with = {});
    void stop();
    [[nodiscard]] bool isOn() const { return m_isOn; } ///< The server has said yes.

Q_SIGNALS:
    void began(); ///< The server has said yes, for the first time or again.
    void told(const QJsonObject &message);
    void failed(const dialogue::Error &error);

private:
    void ask();
    void takeAnswer(const Result<QJsonObject> &reply, const QJsonObject &with);

    AdminConnection &m_connection;
    const QString m_name;
    const Kind m_kind;
    QJsonObject m_with;
    bool m_isWanted = false;
    bool m_isOn = false;
    bool m_isAsked = false; ///< The answer is under way.
    quint64 m_generation = 0; ///< Answers to what was asked before are of no use any more.
};

} // namespace dialogue::console
