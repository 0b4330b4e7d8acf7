#pragma once

#include "server/admin/actions.h"
#include "server/admin/command.h"
#include "server/admin/redactions.h"
#include "server/admin/watchthread.h"
#include "server/rooms/publicationobserver.h"

#include <QTimer>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace dialogue::admin {

/**
 * What consoles watch: while anybody does, rooms hand over what they publish, and this hands it on to the
 * thread of consoles, within admin.watchBuffer. Of the hub.
 */
class ConsoleWatches final : public PublicationObserver
{
public:
    /** `admin:watch`, and what `admin:update` changes. */
    struct Request
    {
        QString watch = {};
        QString what = {};
        std::optional<QStringList> rooms = {};
        std::optional<QStringList> events = {};
        std::optional<QString> filter = {};
        QString fields = {}; ///< "meta" or "payload".
        std::optional<bool> unredacted = {};
        std::optional<int> maxRate = {};
        std::optional<QStringList> codes = {}; ///< Of errors.
        std::optional<QStringList> ids = {}; ///< Of rooms, or of clients.
    };

    struct Parts
    {
        const AdminConfig &config;
        WatchThread &thread;
        Actions &actions; ///< Which write down who looks at what.
        PublicationTap &tap;
        WatchLoad &load;
        /** Null once it is gone. */
        std::function<Console *(SocketId socket)> find;
    };
    /** All outlive it. */
    explicit ConsoleWatches(Parts parts);
    ~ConsoleWatches() override;
    Q_DISABLE_COPY_MOVE(ConsoleWatches)

    void watch(Console &console, const Request &request, const Done &done);
    void update(Console &console, const Request &request, const Done &done);
    void unwatch(Console &console, const QString &name, const Done &done);
    void credit(const Console &console, const QString &name, quint64 number);
    void forget(Console &console); ///< It is gone.
    /** Whether \a console may have another watch, of whatever, by that \a name. */
    [[nodiscard]] Result<void> hasRoom(const Console &console, const QString &name) const;

    [[nodiscard]] qint64 count() const { return qint64(m_specs.size()); }
    [[nodiscard]] Redactions &redactions() { return m_redactions; }

    void published(const Room &room, const EventMessage &message, const PublicationPtr &publication) override;

    [[nodiscard]] static api::Parameters<Request> parameters(bool isNew);

private:
    [[nodiscard]] Result<WatchSpec> specOf(const Console &console, const Request &request,
                                           const WatchSpec &before) const;
    /** Calls \a then once it stands in the audit log that \a spec is looked at; at once, where it need not.
     */
    void withNote(const Console &console, const WatchSpec &spec,
                  const std::function<void(Result<void> &&)> &then);
    [[nodiscard]] bool concerns(const QString &roomId);
    [[nodiscard]] bool findConcern(const QString &roomId);
    void forgetConcerns();
    void begin(SocketId socket, WatchSpec &&spec, const Done &done);
    void remove(WatchId id);
    void handOver();

    const Parts m_parts;
    Redactions m_redactions;
    std::map<WatchId, WatchSpec> m_specs;
    static constexpr qsizetype MostKnownRooms = 10'000;
    QHash<QString, bool> m_concerned; ///< Rooms, by whether anybody watches them.
    /** The room of the event before, which most are of: its very text, which stays as long as this. */
    struct Last
    {
        QString roomId = {};
        bool isConcerned = false;
    } m_last;
    WatchId m_lastId = 0;
    /** What was published of late: batches leave each 50 ms at most, and a wake-up costs more than all that
     * is done here for an event. */
    std::vector<WatchedEvent> m_gathered;
    QTimer m_handOver;
};

} // namespace dialogue::admin
