#pragma once

#include "core/json/jsondata.h"
#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/logposition.h"

#include <QJsonArray>
#include <QList>
#include <QString>

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

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<Connected> fromJson(const QJsonValue &json);
    friend bool operator==(const Connected &, const Connected &) = default;
};

struct DIALOGUE_CORE_EXPORT Joined
{
    QString roomId;
    QString roomName;
    LogPosition position = {}; ///< Flat on the wire: epoch, offset. An empty epoch: the server keeps none.
    std::optional<bool> recovered = {}; ///< Only where the join asked for `since`.

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

/** An entry of `dialogue:rooms`, and all of `dialogue:roomCreated`. */
struct DIALOGUE_CORE_EXPORT RoomInfo
{
    QString id;
    QString name;
    QString description = {};
    int size = 0; ///< Participants now.
    std::optional<int> maxSize = {};
    QString createdById = {};

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

struct DIALOGUE_CORE_EXPORT RoomDeleted
{
    QString roomId;

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<RoomDeleted> fromJson(const QJsonValue &json);
    friend bool operator==(const RoomDeleted &, const RoomDeleted &) = default;
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

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<HistoryResponse> fromJson(const QJsonValue &json);
    friend bool operator==(const HistoryResponse &, const HistoryResponse &) = default;
};

} // namespace dialogue::protocol
