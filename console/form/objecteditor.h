#pragma once

#include "console/form/fieldeditor.h"

class QGridLayout;
class QLineEdit;
class QPushButton;

namespace dialogue::console {

class FieldRow;
class TonedLabel;

/** The members of an object, a row each; those that the schema does not declare stay as they are, and can be
 * taken out. */
class ObjectEditor : public FieldEditor
{
    Q_OBJECT
public:
    ObjectEditor(const Field &field, FormContext &context, QWidget *parent);
    ~ObjectEditor() override;

    [[nodiscard]] QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QStringList showFaults(const FaultTree &faults) override;
    QWidget *reveal(const QStringList &pointer) override;

private:
    [[nodiscard]] FieldRow *rowOf(const QString &name) const;
    FieldRow *addRow(const Field &field);
    void removeRow(FieldRow *row);
    void showMore();
    void addOther();
    void tell();

    FormContext &m_context;
    QList<Field> m_hidden; // Declared, and further down.
    std::vector<std::unique_ptr<FieldRow>> m_rows;
    QJsonObject m_rest; // What has no row.
    QGridLayout *m_grid;
    QPushButton *m_more;
    TonedLabel *m_beyond;
    QLineEdit *m_otherName = nullptr; // Where others are invited.
    QPushButton *m_addOther = nullptr;
};

} // namespace dialogue::console
