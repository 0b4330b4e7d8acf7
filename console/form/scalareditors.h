#pragma once

#include "console/form/fieldeditor.h"

class QCheckBox;
class QComboBox;
class QDateTimeEdit;

namespace dialogue::console {

class NumberBox;

/** Integer and Number. */
class NumberEditor : public FieldEditor
{
    Q_OBJECT
public:
    NumberEditor(const Field &field, QWidget *parent);
    [[nodiscard]] QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;

private:
    NumberBox *m_box;
    QJsonValue m_value; // The last one that was a number, or what was written instead.
};

class BooleanEditor : public FieldEditor
{
    Q_OBJECT
public:
    BooleanEditor(const Field &field, QWidget *parent);
    [[nodiscard]] QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;

private:
    void tell();

    QCheckBox *m_box;
};

class NullEditor : public FieldEditor
{
    Q_OBJECT
public:
    NullEditor(const Field &field, QWidget *parent);
    [[nodiscard]] QJsonValue value() const override { return QJsonValue::Null; }
    void setValue(const QJsonValue &) override { }
};

class ChoiceEditor : public FieldEditor
{
    Q_OBJECT
public:
    ChoiceEditor(const Field &field, QWidget *parent);
    [[nodiscard]] QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;

private:
    QComboBox *m_box;
};

/** In UTC; a moment that nobody edits keeps the text it had. */
class DateTimeEditor : public FieldEditor
{
    Q_OBJECT
public:
    DateTimeEditor(const Field &field, QWidget *parent);
    [[nodiscard]] QJsonValue value() const override { return m_text; }
    void setValue(const QJsonValue &value) override;

private:
    QDateTimeEdit *m_edit;
    QString m_text;
};

} // namespace dialogue::console
