#pragma once

#include "core/base/error.h"
#include "server/admin/account.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <map>
#include <vector>

namespace dialogue::admin {

/** Something that a client was refused, as it is kept: of texts that strangers choose no more than their
 * beginning. */
struct RefusalEntry
{
    quint64 number = 0; ///< From 1 on, as they are kept.
    qint64 time = 0; ///< Milliseconds since the Unix epoch.
    ErrorCode code = ErrorCode::InvalidRequest;
    QString message = {}; ///< Nothing that stands in data: of what breaks a schema which rule that was.
    QString path = {};
    QString request = {}; ///< `connect`: it was not let in.
    QString room = {}; ///< As it was asked for; empty: it was about none.
    QString user = {}; ///< Empty: nobody knows.
    QString address = {};
    QString client = {}; ///< Its id; empty: it never was one.

    [[nodiscard]] qint64 bytes() const; ///< What keeping it takes, about.
    friend bool operator==(const RefusalEntry &, const RefusalEntry &) = default;

    static constexpr qsizetype LongestText = 256; ///< Characters.
};

/** What was refused in a moment. */
struct RefusalBatch
{
    std::vector<RefusalEntry> entries = {};
    std::map<ErrorCode, qint64> beyond = {}; ///< How many more there were, of which nothing else is known.
};

/** Which refusals somebody wants to see. */
struct RefusalScope
{
    QStringList rooms = {QStringLiteral("*")}; ///< Patterns; what is about no room is in "*" alone.
    QList<ErrorCode> codes = {}; ///< None: all.

    [[nodiscard]] bool isFor(const RefusalEntry &entry, const Account &account) const;
    /** The same of those that are known by number alone: only who may see all learns that there were any. */
    [[nodiscard]] bool isFor(ErrorCode code, const Account &account) const;
};

/** \a entry as \a account may see it: who may not see users gets pseudonyms, by \a salt, and who may not see
 * payloads no words. */
[[nodiscard]] QJsonObject rowOf(const RefusalEntry &entry, const Account &account, const QByteArray &salt);

/** \a text stands in what \a account may know of it. */
[[nodiscard]] bool says(const RefusalEntry &entry, const QString &text, const Account &account,
                        const QByteArray &salt);

} // namespace dialogue::admin
