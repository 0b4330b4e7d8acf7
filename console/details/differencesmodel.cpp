#include "console/details/differencesmodel.h"

#include "core/base/foreigntext.h"
#include "core/json/parsed.h"

namespace dialogue::console {

namespace {

QString beginningOf(QByteArrayView json)
{
    constexpr qsizetype Longest = 200;
    const QString text = json::fromUtf8(json.first(std::min(json.size(), Longest * 4)));
    return text.size() <= Longest ? printable(text) : printable(text.left(Longest)) + u'\u2026';
}

} // namespace

void DifferencesModel::setChanges(const JsonChanges &changes)
{
    beginResetModel();
    m_rows.clear();
    for (const JsonChange &each : changes.changes)
        m_rows.append({each.kind, each.pointer, beginningOf(each.before), beginningOf(each.after)});
    m_hasMore = changes.hasMore;
    endResetModel();
}

int DifferencesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int DifferencesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DifferencesModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::ToolTipRole) {
        // A tool tip that looks like HTML is taken for it.
        const QVariant text = index.column() == Kind ? QVariant() : data(index, Qt::DisplayRole);
        return text.isValid() ? text.toString().toHtmlEscaped() : text;
    }
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (index.column()) {
    case Kind:
        return int(row.kind);
    case Pointer:
        return printable(row.pointer);
    case Before:
        return row.before;
    default:
        return row.after;
    }
}

QVariant DifferencesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case Kind:
        return tr("Change");
    case Pointer:
        return tr("Place");
    case Before:
        return tr("Before");
    case After:
        return tr("After");
    default:
        return {};
    }
}

} // namespace dialogue::console
