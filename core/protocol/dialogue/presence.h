#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/room/presence.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

/**
 * Who is in a room: what a client asks, what it is answered, and what it is told from then on
 * (docs/protocol.md, "Who is in a room").
 */
namespace dialogue::protocol {

/** Characters of a user id that a request names. */
inline constexpr int MaxUserIdLength = 4096;

/** "counts", "users"; empty where it is off. */
[[nodiscard]] DIALOGUE_CORE_EXPORT QString presenceName(Presence presence);
/** What presenceName() says; Off for any other. */
[[nodiscard]] DIALOGUE_CORE_EXPORT Presence presenceOf(const QString &name);

/** A page of the users in a room. */
struct DIALOGUE_CORE_EXPORT GetParticipants
{
    QString roomId;
    QString after = {}; ///< Those whose ids come after this one. Empty: the first.
    std::optional<int> limit = {}; ///< At most so many, at least 1; a server has a bound of its own besides.
    bool watch = true; ///< And tell what changes from then on.

    [[nodiscard]] QJsonObject toJson() const;
    static Result<GetParticipants> fromJson(const QJsonValue &json);
    friend bool operator==(const GetParticipants &, const GetParticipants &) = default;
};

/** A user who is in a room. */
struct DIALOGUE_CORE_EXPORT PresentUser
{
    QString userId;
    int connections = 1; ///< In that room; 0, in a notice: it has left.

    [[nodiscard]] QByteArray toText() const;
    static Result<PresentUser> fromJson(const QJsonValue &json, const QString &path);
    friend bool operator==(const PresentUser &, const PresentUser &) = default;
};

/** How many are in a room. */
struct DIALOGUE_CORE_EXPORT PresenceCounts
{
    int users = 0;
    int connections = 0;

    friend bool operator==(const PresenceCounts &, const PresenceCounts &) = default;
};

/** The answer to GetParticipants: how things stood when the notice \a rev was told. */
struct DIALOGUE_CORE_EXPORT ParticipantsPage
{
    QString roomId;
    quint64 rev = 0;
    PresenceCounts counts = {};
    /** In the order of their ids; none where only counts are told. */
    std::optional<QList<PresentUser>> users = {};
    QString next = {}; ///< There are more: GetParticipants::after of the next page. Empty: it is the last.

    static Result<ParticipantsPage> fromJson(const QJsonValue &json);
    friend bool operator==(const ParticipantsPage &, const ParticipantsPage &) = default;
};

/** `dialogue:presence`: what has changed since the notice before, whose `rev` is one less. */
struct DIALOGUE_CORE_EXPORT PresenceNotice
{
    QString roomId;
    quint64 rev = 0;
    std::optional<PresenceCounts> counts = {}; ///< Nothing: something was missed; ask anew.
    QList<PresentUser> changes = {}; ///< How many connections each of these has now.

    static Result<PresenceNotice> fromJson(const QJsonValue &json);
    friend bool operator==(const PresenceNotice &, const PresenceNotice &) = default;
};

} // namespace dialogue::protocol
