#include "console/events/columnlayout.h"

#include <QHeaderView>
#include <QSettings>

#include <algorithm>
#include <array>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

const QString ColumnsKey = u"events/columns"_s;
constexpr int WidestColumn = 4000;

/** As EventColumn counts them. */
constexpr std::array ColumnKeys{"time"_L1, "room"_L1, "event"_L1, "from"_L1, "offset"_L1,
                                "size"_L1, "key"_L1,  "node"_L1,  "data"_L1};
static_assert(ColumnKeys.size() == std::size_t(EventColumn::Count));

QString keyOf(const EventModel &model, int column)
{
    return column < int(EventColumn::Count)
        ? QString(ColumnKeys[std::size_t(column)])
        : model.pointerColumns().at(column - int(EventColumn::Count)).pointer;
}

int columnOf(const EventModel &model, const QString &key)
{
    for (int column = 0; column < model.columnCount(); ++column) {
        if (keyOf(model, column) == key)
            return column;
    }
    return -1;
}

} // namespace

ColumnLayout ColumnLayout::usual(int characterWidth)
{
    const auto wide = [characterWidth](int characters) { return characters * characterWidth; };
    return {{{u"time"_s, wide(16)},
             {u"room"_s, wide(22)},
             {u"event"_s, wide(18)},
             {u"from"_s, wide(18)},
             {u"offset"_s, wide(11)},
             {u"size"_s, wide(11)},
             {u"key"_s, wide(12), true},
             {u"node"_s, wide(12), true},
             {u"data"_s, wide(40)}}};
}

ColumnLayout ColumnLayout::of(const EventModel &model, const QHeaderView &header)
{
    ColumnLayout layout;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        // A hidden one is 0 wide.
        layout.columns.append(
            {keyOf(model, column), header.sectionSize(column), header.isSectionHidden(column)});
    }
    return layout;
}

void ColumnLayout::applyTo(EventModel &model, QHeaderView &header) const
{
    int visual = 0;
    for (const Column &each : columns) {
        if (each.key.startsWith(u'/') && model.pointerColumns().size() < MostPointers)
            model.addPointerColumn(each.key);
        const int column = columnOf(model, each.key);
        if (column < 0 || header.visualIndex(column) < visual)
            continue; // There is none, or it has its place already.
        if (each.width > 0)
            header.resizeSection(column, std::min(each.width, WidestColumn));
        header.setSectionHidden(column, each.isHidden);
        header.moveSection(header.visualIndex(column), visual++);
    }
}

ColumnLayout ColumnLayout::read(QSettings &settings)
{
    constexpr int Most = int(EventColumn::Count) + int(MostPointers);
    ColumnLayout layout;
    const int count = std::min(settings.beginReadArray(ColumnsKey), Most);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        layout.columns.append({settings.value(u"key"_s).toString(),
                               std::max(0, settings.value(u"width"_s).toInt()),
                               settings.value(u"hidden"_s).toBool()});
    }
    settings.endArray();
    return layout;
}

void ColumnLayout::write(QSettings &settings) const
{
    settings.remove(ColumnsKey);
    settings.beginWriteArray(ColumnsKey, int(columns.size()));
    for (int i = 0; i < columns.size(); ++i) {
        settings.setArrayIndex(i);
        settings.setValue(u"key"_s, columns[i].key);
        settings.setValue(u"width"_s, columns[i].width);
        settings.setValue(u"hidden"_s, columns[i].isHidden);
    }
    settings.endArray();
}

bool addPointerColumn(EventModel &model, QHeaderView &header, const QString &pointer)
{
    if (model.pointerColumns().size() >= ColumnLayout::MostPointers || !model.addPointerColumn(pointer))
        return false;
    const int column = model.columnCount() - 1;
    header.moveSection(header.visualIndex(column), header.visualIndex(int(EventColumn::Data)));
    return true;
}

} // namespace dialogue::console
