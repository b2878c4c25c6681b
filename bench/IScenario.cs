using Rheo.Bench.Measure;

namespace Rheo.Bench;

/// <summary>A group of figures that are measured together and can be run alone.</summary>
internal interface IScenario
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>One line for the list of scenarios.</summary>
    string What { get; }

    /// <summary>True when it runs without being named.</summary>
    bool IsUsual => true;

    /// <summary>Measures.</summary>
    /// <param name="rounds">How often at least; a scenario with short rounds takes more of them.</param>
    IReadOnlyList<Figure> Run(int rounds);
}
