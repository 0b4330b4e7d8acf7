#pragma once

#include "console/look/place.h"
#include "console/model/figureslog.h"

#include <QWidget>

#include <vector>

namespace dialogue::console {

class Tile;

/** The newest figures, in as many columns as there is room for. */
class OverviewTiles : public QWidget
{
    Q_OBJECT
public:
    explicit OverviewTiles(QWidget *parent = nullptr);

    void setFigures(const FiguresLog &log, bool isNow);
    [[nodiscard]] const std::vector<Tile *> &tiles() const { return m_tiles; }

Q_SIGNALS:
    void wanted(const dialogue::console::Place &place); ///< Where the cause is looked for.
    void chartWanted(const QString &series); ///< That which shows it.

private:
    std::vector<Tile *> m_tiles;
};

} // namespace dialogue::console
