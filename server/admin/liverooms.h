#pragma once

#include "server/admin/liverows.h"
#include "server/rooms/publicationobserver.h"

#include <QElapsedTimer>
#include <QHash>

namespace dialogue {
class HubParts;
}

namespace dialogue::admin {

/** Rooms that are watched: what is published there is counted, while they are. Of the hub. */
class LiveRooms final : public LiveRows, public PublicationObserver
{
public:
    explicit LiveRooms(HubParts &parts);
    ~LiveRooms() override;
    Q_DISABLE_COPY_MOVE(LiveRooms)

    // LiveRows
    void hold(const QString &id) override;
    void release(const QString &id) override;
    [[nodiscard]] qsizetype count() const override { return m_rooms.size(); }
    [[nodiscard]] quint64 refresh(const QString &id) override;
    [[nodiscard]] QJsonObject row(const QString &id, const Account &account) const override;

    void published(const Room &room, const EventMessage &message, const PublicationPtr &publication) override;

    static constexpr qint64 RateInterval = 1000; ///< ms

private:
    /** What of a room changes; all but names, which seldom do. */
    struct Figures
    {
        bool exists = false;
        qint64 size = 0;
        qint64 offset = 0;
        qint64 keptBytes = 0;
        qint64 dropped = 0;
        qint64 replaced = 0;
        int maxSize = 0;
        QString name = {};
        double eventsPerSecond = 0;
        double bytesPerSecond = 0;

        friend bool operator==(const Figures &, const Figures &) = default;
    };
    struct Watched
    {
        int holders = 0;
        quint64 version = 0;
        Figures figures = {};
        qint64 events = 0; ///< Since counted.
        qint64 bytes = 0;
        qint64 counted = 0; ///< When the rates were reckoned last, by m_clock.
    };

    [[nodiscard]] Figures figuresOf(const QString &id, Watched &watched) const;

    HubParts &m_parts;
    QHash<QString, Watched> m_rooms;
    quint64 m_version = 0;
    QElapsedTimer m_clock;
};

} // namespace dialogue::admin
