#pragma once

#include "console/form/fieldeditor.h"

#include <QJsonArray>

class QGridLayout;
class QPushButton;
class QToolButton;

namespace dialogue::console {

class FieldRow;

/** The items of an array, each of which can be moved and removed; of many the first, and more when asked. */
class ArrayEditor : public FieldEditor
{
    Q_OBJECT
public:
    ArrayEditor(const Field &field, FormContext &context, QWidget *parent);
    ~ArrayEditor() override;

    [[nodiscard]] QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QStringList showFaults(const FaultTree &faults) override;
    QWidget *reveal(const QStringList &pointer) override;

private:
    struct Item
    {
        std::unique_ptr<FieldRow> row;
        QToolButton *up;
        QToolButton *down;
        QToolButton *remove;
    };
    [[nodiscard]] QJsonArray items() const;
    void addRow(const QJsonValue &value);
    void showMore();
    void add();
    void move(qsizetype from, qsizetype to);
    void removeAt(qsizetype index);
    void tell();

    FormContext &m_context;
    std::vector<Item> m_items;
    QJsonArray m_rest; // Behind those that have a row.
    QGridLayout *m_grid;
    QPushButton *m_more;
    QPushButton *m_add;
};

} // namespace dialogue::console
