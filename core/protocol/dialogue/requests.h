#pragma once

#include "core/json/cursor.h"
#include "core/json/jsondata.h"
#include "core/protocol/dialogue/logposition.h"
#include "core/protocol/dialogue/offsetrange.h"
#include "core/protocol/dialogue/timerange.h"

#include <QString>
#include <QStringList>

#include <optional>

/**
 * What a client asks for: the single argument of each client-to-server event.
 *
 * fromJson() ignores unknown keys, takes null in an optional place as left out, and answers InvalidRequest
 * with the path of what is wrong and what was expected. The lengths here are what any server refuses; its
 * config may ask for less.
 */
namespace dialogue::protocol {

inline constexpr int MaxNameLength = 1024; ///< Characters of a room id, event name, room name or message id.
inline constexpr int MaxDescriptionLength = 4096; ///< Characters of a room's description.

struct DIALOGUE_CORE_EXPORT Join
{
    QString roomId;
    std::optional<LogPosition> since = {}; ///< Rejoin: send what came after it.
    /** Subscribe to these from the start, in place of the room's default ones ("*": all); our addition, so
     * that what was missed of them comes too. */
    std::optional<QStringList> subscriptions = {};

    [[nodiscard]] QJsonObject toJson() const;
    static Result<Join> fromJson(const QJsonValue &json);
    /** The same from the text at \a json, without making a tree of it. Nothing where it is not plainly right:
     * then fromJson() decides. The text must have passed json::check(). */
    static std::optional<Join> read(json::Cursor &json);
    friend bool operator==(const Join &, const Join &) = default;
};

struct DIALOGUE_CORE_EXPORT Leave
{
    QString roomId;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<Leave> fromJson(const QJsonValue &json);
    friend bool operator==(const Leave &, const Leave &) = default;
};

struct DIALOGUE_CORE_EXPORT Subscribe
{
    QString roomId;
    QString eventName;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<Subscribe> fromJson(const QJsonValue &json);
    static std::optional<Subscribe> read(json::Cursor &json); ///< As Join::read().
    friend bool operator==(const Subscribe &, const Subscribe &) = default;
};

struct DIALOGUE_CORE_EXPORT Unsubscribe
{
    QString roomId;
    QString eventName;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<Unsubscribe> fromJson(const QJsonValue &json);
    friend bool operator==(const Unsubscribe &, const Unsubscribe &) = default;
};

struct DIALOGUE_CORE_EXPORT SubscribeAll
{
    QString roomId;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<SubscribeAll> fromJson(const QJsonValue &json);
    friend bool operator==(const SubscribeAll &, const SubscribeAll &) = default;
};

struct DIALOGUE_CORE_EXPORT Trigger
{
    QString roomId;
    QString event;
    JsonData data = {}; ///< Null where left out, as JSON.stringify leaves undefined out.
    JsonData meta = {}; ///< An object; null where left out.
    QString id = {}; ///< Client-made, for applying it once; may be empty.
    bool echo = true; ///< False: not to the connection that asks; our addition.

    [[nodiscard]] QJsonObject toJson() const;
    static Result<Trigger> fromJson(const QJsonValue &json);
    /** As Join::read(); data and meta stay the text they are. */
    static std::optional<Trigger> read(json::Cursor &json);
    friend bool operator==(const Trigger &, const Trigger &) = default;
};

struct DIALOGUE_CORE_EXPORT GetHistory
{
    QString roomId;
    QString eventName = {}; ///< Empty: of every event.
    int start = 0; ///< 0 is the newest.
    int end = 50; ///< Exclusive, greater than start.
    /** These offsets of the room's epoch, in place of start and end. */
    std::optional<OffsetRange> offsets = {};
    /** Of these offsets, or of all, what was said then. */
    std::optional<TimeRange> times = {};

    [[nodiscard]] QJsonObject toJson() const;
    static Result<GetHistory> fromJson(const QJsonValue &json);
    friend bool operator==(const GetHistory &, const GetHistory &) = default;
};

/** A page of the list of rooms. The argument as a whole may be left out: then it is the first page. */
struct DIALOGUE_CORE_EXPORT ListRooms
{
    /** Those whose ids come after this one; RoomsPage::next says which. Empty: the first. */
    QString after = {};
    std::optional<int> limit = {}; ///< At most so many, at least 1; a server has a bound of its own besides.

    [[nodiscard]] QJsonObject toJson() const;
    static Result<ListRooms> fromJson(const QJsonValue &json);
    friend bool operator==(const ListRooms &, const ListRooms &) = default;
};

struct DIALOGUE_CORE_EXPORT CreateRoom
{
    QString id;
    QString name;
    QString description = {};
    std::optional<int> maxSize = {}; ///< At least 1.

    [[nodiscard]] QJsonObject toJson() const;
    static Result<CreateRoom> fromJson(const QJsonValue &json);
    friend bool operator==(const CreateRoom &, const CreateRoom &) = default;
};

struct DIALOGUE_CORE_EXPORT DeleteRoom
{
    QString roomId;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<DeleteRoom> fromJson(const QJsonValue &json);
    friend bool operator==(const DeleteRoom &, const DeleteRoom &) = default;
};

/** Who it is goes on being so: with a new token, before the one it came with expires. */
struct DIALOGUE_CORE_EXPORT Refresh
{
    QString token; ///< Not empty.

    [[nodiscard]] QJsonObject toJson() const;
    static Result<Refresh> fromJson(const QJsonValue &json);
    friend bool operator==(const Refresh &, const Refresh &) = default;
};

} // namespace dialogue::protocol
