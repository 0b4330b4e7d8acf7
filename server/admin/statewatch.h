#pragma once

#include "server/admin/account.h"
#include "server/socketio/values.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <vector>

namespace dialogue::admin {

/**
 * One console's live list: what it was told of each of its rows, and what it is about to be told. Where it
 * takes nothing it falls behind, and is told the newest then, and nothing of what was in between. Of the hub;
 * knows no rooms and no clients.
 */
class StateWatch
{
public:
    StateWatch(SocketId socket, QString name, Account account)
        : m_socket(socket)
        , m_name(std::move(name))
        , m_account(std::move(account))
    { }

    [[nodiscard]] SocketId socket() const { return m_socket; }
    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const Account &account() const { return m_account; }

    /** In place of those it had; of those that stay it knows what it has told. Each counts once. */
    void setIds(const QStringList &ids);
    [[nodiscard]] QStringList ids() const;
    /** Changes when they are others. */
    [[nodiscard]] quint64 generation() const { return m_generation; }
    [[nodiscard]] std::size_t count() const { return m_rows.size(); }
    [[nodiscard]] const QString &idAt(std::size_t place) const { return m_rows[place].id; }

    /** The row at \a place is at \a version, and that was not told. */
    [[nodiscard]] bool isBehind(std::size_t place, quint64 version) const
    {
        return m_rows[place].told != version;
    }
    /** Puts it into the next message; \a row is an object of JSON, and empty where there is none any more. */
    void tell(std::size_t place, quint64 version, const QByteArray &row);
    /** All of it is to be told anew. */
    void forget();

    /** It may be told something now. */
    [[nodiscard]] bool isReady() const;
    /** What is to be sent, if anything. */
    [[nodiscard]] std::optional<QByteArray> take();
    /** The console has taken all up to \a rev. */
    void credit(quint64 rev);

    static constexpr int MostIds = 500;

private:
    struct Row
    {
        QString id;
        quint64 told = 0; ///< Version.
        bool isGone = false; ///< As was told.
    };

    const SocketId m_socket;
    const QString m_name;
    const Account m_account;
    std::vector<Row> m_rows;
    quint64 m_generation = 0;
    QByteArray m_set; ///< Of the next message, with commas between them.
    QStringList m_gone;
    quint64 m_rev = 0; ///< Of the last message.
    quint64 m_credited = 0;
};

} // namespace dialogue::admin
