#pragma once

#include "server/admin/liverows.h"
#include "server/bridge/socketfigures.h"
#include "server/rooms/clientobserver.h"
#include "server/rooms/slicedwork.h"

#include <QElapsedTimer>
#include <QHash>

#include <memory>
#include <vector>

namespace dialogue {
class HubParts;
class WorkerGateway;
} // namespace dialogue

namespace dialogue::admin {

/** Clients that are watched: by their ids, which are looked for among all, once; how they take what they are
 * sent is asked each second. Of the hub. */
class LiveClients final : public LiveRows, public ClientObserver
{
public:
    /** All outlive it. */
    LiveClients(HubParts &parts, WorkerGateway &gateway, QByteArray salt);
    ~LiveClients() override;
    Q_DISABLE_COPY_MOVE(LiveClients)

    // LiveRows
    void hold(const QString &id) override;
    void release(const QString &id) override;
    [[nodiscard]] qsizetype count() const override { return m_clients.size(); }
    [[nodiscard]] quint64 refresh(const QString &id) override;
    [[nodiscard]] QJsonObject row(const QString &id, const Account &account) const override;

    /** Looks for those that nobody has looked for, and asks for figures that are wanted by now. */
    void update();

    // ClientObserver
    void connected(const ConnectedClient &client) override;
    void disconnected(const ConnectedClient &client, DisconnectReason reason) override;
    void follows(const Room &room, const ConnectedClient &client, quint64 after) override;
    void left(const Room &room, const ConnectedClient &client) override;

    static constexpr qint64 FiguresInterval = 1000; ///< ms

private:
    class Search;
    struct Watched
    {
        int holders = 0;
        quint64 version = 0; ///< 0: it is looked for, or its figures are not there yet.
        SocketId socket = 0; ///< 0: it is not there.
        bool isLookedFor = true;
        SocketFigures figures = {};
    };

    void changed(const ConnectedClient &client);
    void searchEnded();
    void askForFigures();
    void take(const std::vector<SocketFigures> &figures);

    HubParts &m_parts;
    WorkerGateway &m_gateway;
    const QByteArray m_salt;
    QHash<QString, Watched> m_clients;
    QHash<SocketId, QString> m_bySocket; ///< Of those that are there.
    std::vector<SocketId> m_new; ///< That have no figures.
    quint64 m_version = 0;
    bool m_isWanted = false; ///< Some of them are to be looked for.
    bool m_isSearching = false;
    bool m_isAsking = false; ///< For figures.
    QElapsedTimer m_asked; ///< When, of all.
    const std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true);
    SlicedWork m_work;
};

} // namespace dialogue::admin
