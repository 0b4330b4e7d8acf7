#include "console/details/bytesmodel.h"

#include <algorithm>

namespace dialogue::console {

namespace {

QString hexOf(QByteArrayView bytes)
{
    constexpr int Half = BytesModel::BytesInRow / 2;
    const QByteArray all = bytes.toByteArray();
    QByteArray hex = all.left(Half).toHex(' ');
    if (all.size() > Half)
        hex += "  " + all.sliced(Half).toHex(' ');
    return QString::fromLatin1(hex);
}

/** Of what is no printable ASCII a dot. */
QString charactersOf(QByteArrayView bytes)
{
    QString text;
    for (const char c : bytes)
        text += c >= 0x20 && c < 0x7f ? QChar::fromLatin1(c) : u'.';
    return text;
}

} // namespace

void BytesModel::setBytes(const QByteArray &bytes)
{
    beginResetModel();
    m_bytes = bytes;
    endResetModel();
}

int BytesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int((m_bytes.size() + BytesInRow - 1) / BytesInRow);
}

int BytesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant BytesModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const qsizetype place = qsizetype(index.row()) * BytesInRow;
    const auto bytes
        = QByteArrayView(m_bytes).sliced(place, std::min<qsizetype>(BytesInRow, m_bytes.size() - place));
    switch (index.column()) {
    case Place:
        return QString::number(place, 16).rightJustified(8, u'0');
    case Bytes:
        return hexOf(bytes);
    default:
        return charactersOf(bytes);
    }
}

QVariant BytesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case Place:
        return tr("Place");
    case Bytes:
        return tr("Bytes");
    case Text:
        return tr("Text");
    default:
        return {};
    }
}

} // namespace dialogue::console
