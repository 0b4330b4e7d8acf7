#pragma once

#include "console/model/eventmodel.h"

#include <QList>
#include <QString>

class QHeaderView;
class QSettings;

namespace dialogue::console {

/** How the columns of the table of events stand: in which order, how wide, which are hidden; and which JSON
 * pointers are columns. */
struct ColumnLayout
{
    struct Column
    {
        QString key; ///< As filters call it, or a JSON pointer.
        int width = 0; ///< 0: as it comes.
        bool isHidden = false;

        friend bool operator==(const Column &, const Column &) = default;
    };
    static constexpr qsizetype MostPointers = 32;

    QList<Column> columns = {}; ///< As they are seen, from the leading edge on.

    [[nodiscard]] static ColumnLayout usual(int characterWidth);
    [[nodiscard]] static ColumnLayout of(const EventModel &model, const QHeaderView &header);
    /** What it says nothing of stays as it is, behind the others. */
    void applyTo(EventModel &model, QHeaderView &header) const;

    /** Without columns where there is none. */
    [[nodiscard]] static ColumnLayout read(QSettings &settings);
    void write(QSettings &settings) const;
};

/** Another column, of \a pointer, in front of that of the data; false: it is no pointer, is there already, or
 * they are too many. */
bool addPointerColumn(EventModel &model, QHeaderView &header, const QString &pointer);

} // namespace dialogue::console
