#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace dialogue::console {

/** One place at which two JSON texts differ. */
struct JsonChange
{
    enum class Kind { Added, Removed, Changed };

    Kind kind;
    QString pointer; ///< RFC 6901.
    QByteArrayView before = {}; ///< Lies in the texts; nothing where it was added.
    QByteArrayView after = {};
};

struct JsonChanges
{
    static constexpr qsizetype Most = 1000;

    QList<JsonChange> changes = {};
    bool hasMore = false; ///< Beyond Most.
};

/**
 * What has to be done to \a before to get \a after: members by their names, items by their numbers, scalars
 * by what they say (1.0 is 1). An empty text is nothing at all. Below 64 arrays and objects inside one
 * another what is not written the same is changed as a whole.
 */
[[nodiscard]] JsonChanges changesBetween(QByteArrayView before, QByteArrayView after);

} // namespace dialogue::console
