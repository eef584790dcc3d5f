return await Ledger.Cli.LedgerCommand.RunAsync(args, Ledger.Cli.Terminal.OfThisProcess());
