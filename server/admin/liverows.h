#pragma once

#include "server/admin/account.h"

#include <QJsonObject>
#include <QString>

namespace dialogue::admin {

/** Rooms, or clients, that somebody watches, each however often. Of the hub. */
class LiveRows
{
public:
    LiveRows() = default;
    virtual ~LiveRows() = default;
    Q_DISABLE_COPY_MOVE(LiveRows)

    virtual void hold(const QString &id) = 0; ///< One more watches it.
    virtual void release(const QString &id) = 0;
    [[nodiscard]] virtual qsizetype count() const = 0; ///< Different ones.

    /** Of one that is held: another one whenever anything of it is another. 0: nobody knows yet how it is
     * with it. */
    [[nodiscard]] virtual quint64 refresh(const QString &id) = 0;
    /** As `admin:list` has it for \a account; empty: it is not there, or not for that account. */
    [[nodiscard]] virtual QJsonObject row(const QString &id, const Account &account) const = 0;
};

} // namespace dialogue::admin
