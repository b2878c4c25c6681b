using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>A query that is answered with rows.</summary>
/// <typeparam name="TSelf">The query itself.</typeparam>
internal interface IRowQuery<TSelf>
    where TSelf : IRowQuery<TSelf>
{
    /// <summary>The parameters that there are.</summary>
    static abstract IReadOnlyList<string> Parameters { get; }

    /// <summary>How many rows at most.</summary>
    int Limit { get; }

    /// <summary>Reads the parameters; what is wrong stands with the reader.</summary>
    static abstract TSelf Read(QueryReader reader);

    /// <summary>Reads the parameters of a request.</summary>
    static TSelf Read(IQueryCollection parameters, out Problem? problem)
    {
        var reader = new QueryReader(parameters, TSelf.Parameters);
        var query = TSelf.Read(reader);
        problem = reader.Problem;
        return query;
    }
}
