using Rheo.Bench.Measure;
using Rheo.Measured;

namespace Rheo.Bench.Results;

/// <summary>All figures, each scenario with the machine and the time of its last run.</summary>
internal sealed record ResultSet(Dictionary<string, MachineFacts> Runs, List<Figure> Figures);
