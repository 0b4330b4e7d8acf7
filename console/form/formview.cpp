#include "console/form/formview.h"

#include "console/form/fieldbody.h"
#include "console/model/jsonvalue.h"

#include <QVBoxLayout>

namespace dialogue::console {

namespace {

constexpr int Margin = 12;

/** What takes the focus by Tab, in the order in which it was put into the layouts, which is that of reading.
 */
void collectStops(QLayout *layout, QWidgetList &stops)
{
    for (int i = 0; layout && i < layout->count(); ++i) {
        QLayoutItem *const item = layout->itemAt(i);
        if (QWidget *const widget = item->widget()) {
            if ((widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy())
                stops.append(widget);
            collectStops(widget->layout(), stops);
        } else {
            collectStops(item->layout(), stops);
        }
    }
}

} // namespace

FormView::FormView(QWidget *parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setSchema({});
}

FormView::~FormView()
{
    // Before what it refers to.
    delete takeWidget();
}

void FormView::setSchema(const QJsonObject &schema, const QJsonValue &value)
{
    delete takeWidget();
    m_context = std::make_unique<FormContext>(schema);
    Field root = m_context->schema().root();
    if (root.title.isEmpty())
        root.title = tr("Data");
    m_root = new FieldBody(root, *m_context);
    auto *const page = new QWidget;
    auto *const column = new QVBoxLayout(page);
    column->setContentsMargins(Margin, Margin, Margin, Margin);
    column->addWidget(m_root);
    column->addStretch(1);
    m_root->setValue(value.isUndefined() ? m_context->schema().initialValue(m_root->field()) : value);
    connect(m_root, &FieldBody::edited, this, &FormView::edited);
    connect(m_context.get(), &FormContext::built, this, [this] {
        if (!std::exchange(m_isOrdering, true))
            QMetaObject::invokeMethod(this, &FormView::orderTabs, Qt::QueuedConnection);
    });
    setWidget(page);
    orderTabs();
}

QJsonValue FormView::value() const { return m_root->value(); }

void FormView::setValue(const QJsonValue &value) { m_root->setValue(value); }

void FormView::showFaults(const QList<SchemaFault> &faults) { m_root->showFaults(FaultTree::of(faults)); }

void FormView::orderTabs()
{
    m_isOrdering = false;
    QWidgetList stops;
    collectStops(widget()->layout(), stops);
    for (qsizetype i = 1; i < stops.size(); ++i)
        setTabOrder(stops[i - 1], stops[i]);
}

void FormView::reveal(const QString &pointer)
{
    QWidget *const at = m_root->reveal(partsOfPointer(pointer).value_or(QStringList()));
    at->setFocus();
    // Once what was unfolded has its place.
    QMetaObject::invokeMethod(
        at, [this, at] { ensureWidgetVisible(at, Margin, 4 * Margin); }, Qt::QueuedConnection);
}

} // namespace dialogue::console
