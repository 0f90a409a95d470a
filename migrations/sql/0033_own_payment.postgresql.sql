ALTER TABLE sf_payout_exception DROP CONSTRAINT ck_sf_payout_exception_misfit_known;

ALTER TABLE sf_payout_exception ADD CONSTRAINT ck_sf_payout_exception_misfit_known CHECK (misfit IN ('cell_unreadable', 'status_unknown', 'payment_unknown', 'payment_of_other_list', 'other_currency', 'not_released', 'day_to_come', 'row_repeated', 'rows_contradict', 'result_after_final', 'amount_missing', 'amount_disagrees', 'fee_disagrees', 'nothing_to_reverse', 'reversal_exceeds', 'own_payment'))
