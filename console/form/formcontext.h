#pragma once

#include "console/form/formschema.h"

#include <QObject>

namespace dialogue::console {

/** What the parts of one form share: its schema, and how much of it may still be built. */
class FormContext : public QObject
{
    Q_OBJECT
public:
    static constexpr int MostRows = 1500;
    static constexpr int MostOpenedUnasked = 40; ///< Rows; what is below them is folded at first.
    static constexpr int RowsAtOnce = 40; ///< Of one object or array; for the next ones somebody asks.

    explicit FormContext(const QJsonObject &schema, QObject *parent = nullptr)
        : QObject(parent)
        , m_schema(schema)
    { }

    [[nodiscard]] const FormSchema &schema() const { return m_schema; }
    /** One more row; false: there are too many. */
    [[nodiscard]] bool takeRow()
    {
        if (m_rows == MostRows)
            return false;
        ++m_rows;
        return true;
    }
    void giveRow() { --m_rows; }
    [[nodiscard]] int rows() const { return m_rows; }

Q_SIGNALS:
    void built(); ///< Some of the widgets are other ones.

private:
    FormSchema m_schema;
    int m_rows = 0;
};

} // namespace dialogue::console
