#pragma once

#include "server/config/mapreader.h"

#include <QList>

#include <functional>

namespace dialogue::config {

/** Reads the maps of a list by their table; what \a missing says of one is an error of it. */
template <class Item>
QList<Item> readItems(const Node &node, const QString &path, const Fields<Item> &fields,
                      const QString &example, const std::function<QString(const Item &)> &missing,
                      Issues &issues)
{
    QList<Item> items;
    if (node.kind != Node::Kind::List) {
        if (node.kind != Node::Kind::Null)
            issues.error(node.position, path,
                         QStringLiteral("must be a list such as [%1], not %2").arg(example, describe(node)));
        return items;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const QString here = path + QStringLiteral("[%1]").arg(i);
        const int errorsBefore = issues.errorCount();
        Item item;
        MapReader<Item>(fields, issues).read(node.items[i], here, item);
        if (issues.errorCount() != errorsBefore)
            continue;
        if (const QString what = missing(item); !what.isEmpty())
            issues.error(node.items[i].position, here, QStringLiteral("needs `%1`").arg(what));
        items.append(item);
    }
    return items;
}

} // namespace dialogue::config
