#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace dialogue::console {

/** Items in columns of one width, as many as there is room for, from row to row. */
class ColumnsLayout : public QLayout
{
    Q_OBJECT
public:
    struct Columns
    {
        int width = 0; ///< At least, in pixels; 0: that of the widest item.
        int most = 100;
        bool isFilling = true; ///< The whole width; else columns are no wider than they must be.
    };
    explicit ColumnsLayout(const Columns &columns, QWidget *parent = nullptr);
    ~ColumnsLayout() override;

    void setColumns(const Columns &columns);
    /** Of the layout with its margins; of those that there is room for no more than full rows need. */
    [[nodiscard]] int columnsAt(int width) const;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override { return int(m_items.size()); }
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    [[nodiscard]] int columnWidth() const;
    /** Places the items, or only says how high they are together. */
    int arrange(const QRect &rect, bool isDone) const;

    Columns m_columns;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace dialogue::console
