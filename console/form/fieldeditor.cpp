#include "console/form/fieldeditor.h"

#include "console/form/arrayeditor.h"
#include "console/form/brancheditor.h"
#include "console/form/fieldhint.h"
#include "console/form/jsoneditor.h"
#include "console/form/objecteditor.h"
#include "console/form/scalareditors.h"
#include "console/form/texteditor.h"

namespace dialogue::console {

FieldEditor::FieldEditor(const Field &field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
{ }

QWidget *FieldEditor::reveal(const QStringList &) { return m_input; }

void FieldEditor::setInput(QWidget *input)
{
    m_input = input;
    input->setAccessibleName(captionOf(m_field));
    input->setAccessibleDescription(helpOf(m_field));
    setFocusProxy(input);
}

FieldEditor *makeFieldEditor(const Field &field, FormContext &context, QWidget *parent)
{
    switch (field.kind) {
    case FieldKind::Text:
        return new TextEditor(field, parent);
    case FieldKind::DateTime:
        return new DateTimeEditor(field, parent);
    case FieldKind::Integer:
    case FieldKind::Number:
        return new NumberEditor(field, parent);
    case FieldKind::Boolean:
        return new BooleanEditor(field, parent);
    case FieldKind::Null:
        return new NullEditor(field, parent);
    case FieldKind::Choice:
        return new ChoiceEditor(field, parent);
    case FieldKind::Object:
        return new ObjectEditor(field, context, parent);
    case FieldKind::Array:
        return new ArrayEditor(field, context, parent);
    case FieldKind::Branches:
        return new BranchEditor(field, context, parent);
    case FieldKind::Json:
        break;
    }
    return new JsonEditor(field, parent);
}

} // namespace dialogue::console
