#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace dialogue::apikeys {

using Time = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;

/** "2027-01-31T12:00:00Z", or a date alone, which begins it; nothing: it is no time. */
[[nodiscard]] std::optional<Time> timeOf(const QString &text);
[[nodiscard]] QString textOf(Time time);

/** One of a key's secrets, as far as it is kept. */
struct KeySecret
{
    QByteArray hash; ///< ApiKey::hash
    Time created;
    std::optional<Time> expires = {}; ///< Nothing: never.

    friend bool operator==(const KeySecret &, const KeySecret &) = default;
};

/** A key: who comes in with it, and what for. */
struct KeyEntry
{
    /** While clients go over from the one to the other. */
    static constexpr qsizetype MostSecrets = 2;

    QString from; ///< The user its events are from.
    QStringList scopes = {}; ///< Grant::scopes
    QStringList rooms = {}; ///< Grant::rooms
    QStringList roles = {};
    QList<KeySecret> secrets = {}; ///< The oldest first.

    /** The same but for the secrets. */
    [[nodiscard]] bool isAlike(const KeyEntry &other) const
    {
        return from == other.from && scopes == other.scopes && rooms == other.rooms && roles == other.roles;
    }
};

/** The keys of a file, by their ids. */
class KeyRing
{
public:
    static constexpr qint64 LargestFile = 4 * 1024 * 1024; // bytes
    static constexpr qsizetype MostKeys = 10'000;

    /** ConfigError, with the member that is wrong. */
    [[nodiscard]] static Result<KeyRing> parse(const QByteArray &text);
    /** The same, with its name before. */
    [[nodiscard]] static Result<KeyRing> load(const QString &fileName);
    [[nodiscard]] QByteArray toJson() const;

    [[nodiscard]] const KeyEntry *find(const QString &id) const;
    QMap<QString, KeyEntry> keys;
};

} // namespace dialogue::apikeys
