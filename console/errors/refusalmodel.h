#pragma once

#include "console/model/keyedtablemodel.h"

#include <QJsonObject>

#include <map>

namespace dialogue::console {

/** Something that a client was refused. Texts are printable. */
struct RefusalRow
{
    QString id; ///< Its number.
    qint64 number = 0;
    qint64 time = 0; ///< Milliseconds since the Unix epoch.
    QString code = {};
    QString request = {};
    QString room = {};
    QString user = {};
    QString address = {};
    QString path = {};
    QString message = {};
    QString client = {}; ///< Its id, as the server has it; empty: it never was one.
    QString roomId = {}; ///< Likewise.

    friend bool operator==(const RefusalRow &, const RefusalRow &) = default;
};

/** Of `admin:errors` (docs/admin.md). */
[[nodiscard]] RefusalRow refusalRowOf(const QJsonObject &json);

/** The newest of what clients were refused. */
class RefusalModel : public KeyedTableModel<RefusalRow>
{
public:
    enum Column { Time, Code, Request, Room, User, Address, Path, Message, ColumnCount };
    static constexpr std::size_t MostRows = 5000;

    explicit RefusalModel(QObject *parent = nullptr);

    /** False: it is there already, or was. Numbers come in any order. */
    bool add(const RefusalRow &row);
    void forgetAll();
    /** From now on those of this code alone are shown; empty: all. */
    void setCode(const QString &code);
    [[nodiscard]] const QString &code() const { return m_code; }
    [[nodiscard]] std::size_t kept() const { return m_kept.size(); } ///< Also those that are not shown.

private:
    [[nodiscard]] bool isWantedCode(const RefusalRow &row) const
    {
        return m_code.isEmpty() || row.code == m_code;
    }

    std::map<qint64, RefusalRow> m_kept; ///< By number.
    qint64 m_forgotten = 0; ///< All up to this one.
    QString m_code;
};

} // namespace dialogue::console
