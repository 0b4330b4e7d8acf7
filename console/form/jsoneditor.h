#pragma once

#include "console/form/fieldeditor.h"

class QLabel;
class QPlainTextEdit;

namespace dialogue::console {

/** Whatever JSON. While what is written is none, the value is the last that was. */
class JsonEditor : public FieldEditor
{
    Q_OBJECT
public:
    JsonEditor(const Field &field, QWidget *parent);
    [[nodiscard]] QJsonValue value() const override { return m_value; }
    void setValue(const QJsonValue &value) override;
    [[nodiscard]] bool isBroken() const { return m_isBroken; }

private:
    void read();
    void fit();

    QJsonValue m_value;
    bool m_isBroken = false;
    QPlainTextEdit *m_edit;
    QLabel *m_fault;
};

} // namespace dialogue::console
