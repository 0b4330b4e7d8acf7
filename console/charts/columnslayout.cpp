#include "console/charts/columnslayout.h"

#include <QWidget>

#include <algorithm>

namespace dialogue::console {

ColumnsLayout::ColumnsLayout(const Columns &columns, QWidget *parent)
    : QLayout(parent)
    , m_columns(columns)
{ }

ColumnsLayout::~ColumnsLayout() = default;

void ColumnsLayout::setColumns(const Columns &columns)
{
    m_columns = columns;
    invalidate();
}

void ColumnsLayout::addItem(QLayoutItem *item) { m_items.emplace_back(item); }

QLayoutItem *ColumnsLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr;
}

QLayoutItem *ColumnsLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *const taken = m_items[std::size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return taken;
}

int ColumnsLayout::columnWidth() const
{
    int width = m_columns.width;
    for (const auto &item : m_items) {
        if (!item->isEmpty())
            width = std::max(width,
                             m_columns.width > 0 ? item->minimumSize().width() : item->sizeHint().width());
    }
    return std::max(1, width);
}

int ColumnsLayout::columnsAt(int width) const
{
    const QMargins margins = contentsMargins();
    const int room = width - margins.left() - margins.right() + spacing();
    const int most = std::clamp(room / (columnWidth() + spacing()), 1, std::max(1, m_columns.most));
    const auto shown = int(
        std::count_if(m_items.begin(), m_items.end(), [](const auto &item) { return !item->isEmpty(); }));
    const int rows = (shown + most - 1) / most;
    return m_columns.isFilling && rows > 0 ? std::max(1, (shown + rows - 1) / rows) : most;
}

int ColumnsLayout::arrange(const QRect &rect, bool isDone) const
{
    const QRect inner = rect.marginsRemoved(contentsMargins());
    const int columns = columnsAt(rect.width());
    const int room = std::max(0, inner.width() - (columns - 1) * spacing());
    // Where they fill the whole width, what is left over goes to some of them, a pixel each.
    const int whole = m_columns.isFilling ? room : std::min(room, columnWidth() * columns);
    const auto leftOf = [&](int column) { return column * whole / columns + column * spacing(); };
    const auto widthOf = [&](int column) { return leftOf(column + 1) - spacing() - leftOf(column); };
    const bool isMirrored = parentWidget() && parentWidget()->isRightToLeft();
    std::vector<QLayoutItem *> shown;
    for (const auto &item : m_items) {
        if (!item->isEmpty())
            shown.push_back(item.get());
    }
    int y = inner.top();
    for (std::size_t first = 0; first < shown.size(); first += std::size_t(columns)) {
        const auto end = std::min(shown.size(), first + std::size_t(columns));
        int height = 0;
        for (std::size_t i = first; i < end; ++i)
            height
                = std::max(height,
                           shown[i]->hasHeightForWidth() ? shown[i]->heightForWidth(widthOf(int(i - first)))
                                                         : shown[i]->sizeHint().height());
        for (std::size_t i = first; isDone && i < end; ++i) {
            const int offset = leftOf(int(i - first));
            const int width = widthOf(int(i - first));
            const int x = isMirrored ? inner.right() + 1 - offset - width : inner.left() + offset;
            shown[i]->setGeometry(QRect(x, y, width, height));
        }
        y += height + (end < shown.size() ? spacing() : 0);
    }
    return y + contentsMargins().bottom() - rect.top();
}

int ColumnsLayout::heightForWidth(int width) const { return arrange(QRect(0, 0, width, 0), false); }

QSize ColumnsLayout::sizeHint() const
{
    const QMargins margins = contentsMargins();
    const int width = columnWidth() + margins.left() + margins.right();
    return {width, heightForWidth(width)};
}

QSize ColumnsLayout::minimumSize() const
{
    int width = 0;
    int height = 0;
    for (const auto &item : m_items) {
        width = std::max(width, item->minimumSize().width());
        height = std::max(height, item->minimumSize().height());
    }
    const QMargins margins = contentsMargins();
    return {width + margins.left() + margins.right(), height + margins.top() + margins.bottom()};
}

void ColumnsLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

} // namespace dialogue::console
