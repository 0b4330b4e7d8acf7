#pragma once

#include "console/form/fieldeditor.h"

class QHBoxLayout;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace dialogue::console {

/** A text: on one line, or on several where it has some or somebody wants them. */
class TextEditor : public FieldEditor
{
    Q_OBJECT
public:
    TextEditor(const Field &field, QWidget *parent);
    [[nodiscard]] QJsonValue value() const override { return m_text; }
    void setValue(const QJsonValue &value) override;

private:
    void showLines();
    void take(const QString &text);

    QString m_text;
    QHBoxLayout *m_layout;
    QLineEdit *m_line;
    QToolButton *m_more;
    QPlainTextEdit *m_lines = nullptr; // Once it was needed.
};

} // namespace dialogue::console
