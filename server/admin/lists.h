#pragma once

#include "server/admin/command.h"
#include "server/admin/sortedpage.h"
#include "server/rooms/slicedwork.h"

#include <QJsonArray>

#include <memory>

namespace dialogue {
class HubParts;
class WorkerGateway;
} // namespace dialogue

namespace dialogue::admin {

/** `admin:list` of rooms and of clients: sorted pages of however many there are, which are gone through a few
 * in each turn of the hub. */
class Lists
{
public:
    struct Request
    {
        QString what = {};
        QString search = {}; ///< Stands in an id, a name, or a user's id.
        QString where = {}; ///< A filter, of rooms and clients.
        QString room = {}; ///< Clients: those that are in it.
        QString sort = {};
        bool descending = false;
        QString after = {};
        int limit = 100;
        QStringList codes = {}; ///< Of errors; none: all.
    };

    /** All outlive it. */
    Lists(HubParts &parts, WorkerGateway &gateway, QByteArray salt);

    void rooms(const Account &account, const Request &request, const Done &done);
    void clients(const Account &account, const Request &request, const Done &done);
    /** Bans and mutes that hold. */
    void sanctions(const Account &account, const Request &request, const Done &done);
    /** Those for which most waits to be sent, the most first. */
    void slowest(const Account &account, const Request &request, const Done &done);
    /** All there is to say of one. */
    void client(const Account &account, const QString &id, const Done &done);

    [[nodiscard]] static api::Parameters<Request> parameters();
    static constexpr int LargestPage = 500;
    static constexpr int MostAtOnce = 64; ///< Lists that are being made; beyond it is Unavailable.

private:
    class RoomList;
    class ClientList;

    [[nodiscard]] Result<void> mayStart() const;

    /** Rows of these, with how it is with them now. */
    void tellClients(const Account &account, std::vector<SocketId> &&sockets,
                     const std::function<void(QJsonArray &&rows)> &told);

    HubParts &m_parts;
    WorkerGateway &m_gateway;
    const QByteArray m_salt;
    const std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true);
    SlicedWork m_work;
};

/** Where in a list \a request is, which may be sorted by \a sorts. InvalidRequest. */
[[nodiscard]] Result<SortedPage> pageFor(const Lists::Request &request, const QStringList &sorts);
/** The rows, with what there is besides the page. */
[[nodiscard]] Reply pageReply(const SortedPage &page, const QJsonArray &rows,
                              const std::optional<SortKey> &last);

} // namespace dialogue::admin
