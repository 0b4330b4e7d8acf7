#pragma once

#include "console/form/fieldeditor.h"

class QComboBox;
class QVBoxLayout;

namespace dialogue::console {

class FieldBody;

/** One of several fields, by a choice; what the next one has in common with the one before is kept. */
class BranchEditor : public FieldEditor
{
    Q_OBJECT
public:
    BranchEditor(const Field &field, FormContext &context, QWidget *parent);

    [[nodiscard]] QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QStringList showFaults(const FaultTree &faults) override;
    QWidget *reveal(const QStringList &pointer) override;

private:
    void choose(int branch);
    void show(int branch, const QJsonValue &value);

    FormContext &m_context;
    QList<Field> m_branches;
    QComboBox *m_box;
    QVBoxLayout *m_layout;
    FieldBody *m_body = nullptr;
    int m_shown = -1;
};

} // namespace dialogue::console
