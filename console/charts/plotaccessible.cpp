#include "console/charts/plotaccessible.h"

#include "console/charts/chartplot.h"

#include <QAccessibleWidget>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

/** Says what a plot shows when it is asked, instead of each second. */
class PlotAccessible : public QAccessibleWidget
{
public:
    explicit PlotAccessible(ChartPlot *plot)
        : QAccessibleWidget(plot, QAccessible::Chart)
        , m_plot(plot)
    { }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Description ? m_plot->words() : QAccessibleWidget::text(kind);
    }

private:
    ChartPlot *m_plot;
};

QAccessibleInterface *plotAccessible(const QString &name, QObject *object)
{
    auto *const plot = name == QLatin1String(ChartPlot::staticMetaObject.className())
        ? qobject_cast<ChartPlot *>(object)
        : nullptr;
    return plot ? new PlotAccessible(plot) : nullptr;
}

} // namespace

void describePlots() { QAccessible::installFactory(&plotAccessible); } // Which knows it once.

} // namespace dialogue::console
