#pragma once

#include "core/json/jsondata.h"
#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/logposition.h"
#include "core/protocol/dialogue/offsetrange.h"
#include "core/room/presence.h"

#include <QJsonArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

/**
 * What a server says: the single argument of each server-to-client event.
 *
 * fromJson() ignores unknown keys and puts defaults for what servers without our additions leave out; a wrong
 * type is InvalidRequest with its path. write() leaves the object open for those who add to it, as acks do.
 */
namespace dialogue::protocol {

struct DIALOGUE_CORE_EXPORT Connected
{
    QString clientId;
    QString userId;
    /** Until it has to refresh, on the wire in milliseconds; nothing: never. */
    std::optional<std::chrono::milliseconds> expiresIn = {};

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<Connected> fromJson(const QJsonValue &json);
    friend bool operator==(const Connected &, const Connected &) = default;
};

/** What the ack of Refresh says. */
struct DIALOGUE_CORE_EXPORT Refreshed
{
    std::optional<std::chrono::milliseconds> expiresIn = {};

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<Refreshed> fromJson(const QJsonValue &json);
    friend bool operator==(const Refreshed &, const Refreshed &) = default;
};

struct DIALOGUE_CORE_EXPORT Joined
{
    QString roomId;
    QString roomName;
    LogPosition position = {}; ///< Flat on the wire: epoch, offset. An empty epoch: the server keeps none.
    std::optional<bool> recovered = {}; ///< Only where the join asked for `since`.
    Presence presence = Presence::Off; ///< What GetParticipants will tell.

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<Joined> fromJson(const QJsonValue &json);
    friend bool operator==(const Joined &, const Joined &) = default;
};

struct DIALOGUE_CORE_EXPORT Left
{
    QString roomId;

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<Left> fromJson(const QJsonValue &json);
    friend bool operator==(const Left &, const Left &) = default;
};

/** A subscription that has ended, as the client may not have it any more. */
struct DIALOGUE_CORE_EXPORT Unsubscribed
{
    QString roomId;
    QString eventName; ///< "*": of all.

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<Unsubscribed> fromJson(const QJsonValue &json);
    friend bool operator==(const Unsubscribed &, const Unsubscribed &) = default;
};

/** An entry of `dialogue:rooms`, and all of `dialogue:roomCreated`. */
struct DIALOGUE_CORE_EXPORT RoomInfo
{
    QString id;
    QString name;
    QString description = {};
    int size = 0; ///< Participants now.
    std::optional<int> maxSize = {};
    QString createdById = {};
    Presence presence = Presence::Off;

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<RoomInfo> fromJson(const QJsonValue &json, const QString &path = {});
    friend bool operator==(const RoomInfo &, const RoomInfo &) = default;
};

struct DIALOGUE_CORE_EXPORT Rooms
{
    QList<RoomInfo> rooms;

    [[nodiscard]] QByteArray toText() const;
    static Result<Rooms> fromJson(const QJsonValue &json);
    friend bool operator==(const Rooms &, const Rooms &) = default;
};

/** What the ack of ListRooms says; `dialogue:rooms` has the rooms alone. */
struct DIALOGUE_CORE_EXPORT RoomsPage
{
    QList<RoomInfo> rooms;
    QString next = {}; ///< There are more: ListRooms::after that gets the next page. Empty: it is the last.

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<RoomsPage> fromJson(const QJsonValue &json);
    friend bool operator==(const RoomsPage &, const RoomsPage &) = default;
};

struct DIALOGUE_CORE_EXPORT RoomDeleted
{
    QString roomId;

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<RoomDeleted> fromJson(const QJsonValue &json);
    friend bool operator==(const RoomDeleted &, const RoomDeleted &) = default;
};

/** Why events did not reach a reader that was too slow for them. */
enum class GapReason {
    Dropped, ///< Also what a reason stands for that is not known here.
    Replaced, ///< By newer ones of the same key.
};

/** In place of events that were dropped: which of them may be missing. Some of the range may have arrived,
 * or come yet. */
struct DIALOGUE_CORE_EXPORT Gap
{
    QString roomId;
    OffsetRange offsets = {};
    GapReason reason = GapReason::Dropped;

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<Gap> fromJson(const QJsonValue &json);
    friend bool operator==(const Gap &, const Gap &) = default;
};

/** The events a room sends at join. */
struct DIALOGUE_CORE_EXPORT History
{
    QString roomId;
    JsonData events = QJsonArray(); ///< Envelopes, newest first; eventMessagesFromJson() reads them.

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<History> fromJson(const QJsonValue &json);
    friend bool operator==(const History &, const History &) = default;
};

/** The answer to GetHistory, whose range it repeats. */
struct DIALOGUE_CORE_EXPORT HistoryResponse
{
    QString roomId;
    QString eventName; ///< Empty, and left out on the wire, where the request named none.
    JsonData events = QJsonArray(); ///< Envelopes, newest first; eventMessagesFromJson() reads them.
    int start = 0;
    int end = 0;
    /** Of a request by offsets, in place of start and end: how far the answer goes. */
    std::optional<OffsetRange> offsets = {};
    bool more = false; ///< By offsets: older ones of those asked for are kept too. Left out where not.

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<HistoryResponse> fromJson(const QJsonValue &json);
    friend bool operator==(const HistoryResponse &, const HistoryResponse &) = default;
};

} // namespace dialogue::protocol
