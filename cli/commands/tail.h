#pragma once

#include "cli/base/session.h"
#include "cli/base/style.h"
#include "cli/commands/pastevents.h"

#include <QElapsedTimer>

#include <map>
#include <memory>
#include <variant>
#include <vector>

namespace dialogue::cli {

/** What `dialogue tail` was asked for. */
struct TailOptions
{
    QStringList rooms;
    QStringList events = {}; ///< Empty: any.
    PastFilter past = {};
    std::optional<RoomPosition> since = {};
    std::optional<qint64> count = {}; ///< Ends after so many.
    bool isJson = false;
    bool isDirect = false; ///< What the server says outside of rooms, too.
};

Result<TailOptions> tailOptions(const Arguments &arguments);

/** Follows rooms: what they keep of the past first where that is asked for, then what happens. */
class Tail : public QObject
{
    Q_OBJECT
public:
    Tail(Session &session, TailOptions options);

    void begin();
    void end(); ///< Says what it came to.

private:
    using Happening = std::variant<EventMessage, Gap>;
    struct Followed
    {
        QString id;
        RoomContext *context = nullptr;
        std::unique_ptr<PastEvents> past; ///< While the past is being asked for ...
        std::vector<Happening> held; ///< ... what happens meanwhile waits.
        quint64 shownUpTo = 0;
        quint64 cutAt = 0; ///< The event that nobody took when we were told to end, if there is one.
    };

    void onJoined(const QString &roomId, const Result<RoomContext *> &joined);
    void onPast(const QString &roomId, const Past &past);
    void onEvent(const EventMessage &message);
    void onGap(const QString &roomId, const Gap &gap);
    void onLeft(const QString &roomId, const QString &reason);
    void take(const QString &roomId, const Happening &happening);
    void show(Followed &room, const Happening &happening);
    void showEvent(Followed &room, const EventMessage &message);
    void showDropped(Followed &room, const Gap &gap);
    void onDirect(const EventMessage &message);
    /** False when that was the last line. */
    bool put(const QByteArray &line);
    /** The same of \a room; \a offset is of the first event that it tells of. */
    bool put(Followed &room, const QByteArray &line, quint64 offset);
    void countShown();
    void sayWhereToGoOn() const;

    Session &m_session;
    const TailOptions m_options;
    const Style m_style;
    std::map<QString, Followed> m_rooms;
    QElapsedTimer m_timer;
    qint64 m_shown = 0;
};

} // namespace dialogue::cli
