#pragma once

#include "console/model/clientlistmodel.h"
#include "console/model/roomlistmodel.h"

#include <QJsonArray>
#include <QJsonObject>

namespace dialogue::console {

/** A row of the audit log: who began what, or how that ended. */
struct AuditRow
{
    QString id; ///< Its number.
    qint64 number = 0;
    qint64 time = 0; ///< Milliseconds since the Unix epoch.
    QString account = {};
    QString address = {};
    QString action = {};
    QString about = {}; ///< What with, as JSON.
    QString reason = {};
    QString outcome = {}; ///< Empty: it was begun.
    QString request = {}; ///< The id that a beginning and its end have in common.

    friend bool operator==(const AuditRow &, const AuditRow &) = default;
};

/** A ban or a mute that holds. */
struct SanctionRow
{
    QString id; ///< Its kind, user and room: there is one of each.
    QString userId = {}; ///< As the server has it.
    QString roomId = {}; ///< Likewise; empty: everywhere.
    bool isBan = false; ///< Else it is a mute.
    QString user = {}; ///< What there is to be read of it.
    QString kind = {};
    QString room = {};
    qint64 until = 0; ///< Milliseconds since the Unix epoch; 0: until it is lifted.
    QString by = {};
    qint64 since = 0; ///< Likewise; 0: the server does not say.
    QString reason = {};

    friend bool operator==(const SanctionRow &, const SanctionRow &) = default;
};

// Rows as a server tells them: what is missing is as in a row that is made anew; texts are printable, and of
// long ones it is the beginning.

inline constexpr qsizetype LongestCell = 512;

[[nodiscard]] QString cellText(const QString &text);
[[nodiscard]] QString cellText(const QJsonArray &texts); ///< With commas between them; of none a dash.
[[nodiscard]] RoomRow roomRowOf(const QJsonObject &json);
[[nodiscard]] ClientRow clientRowOf(const QJsonObject &json);
[[nodiscard]] AuditRow auditRowOf(const QJsonObject &json);
[[nodiscard]] SanctionRow sanctionRowOf(const QJsonObject &json);

} // namespace dialogue::console
